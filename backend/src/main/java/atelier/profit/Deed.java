package atelier.profit;

import java.math.BigInteger;

/**
 * What one fact brought an account by a role.
 *
 * @param measure in the role's own measure
 */
public record Deed(Role role, Fact fact, BigInteger measure) {}
