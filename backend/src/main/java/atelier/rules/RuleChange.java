package atelier.rules;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * One rule's number replaced by another, on chain.
 *
 * @param version the RuleBook's version that brought it; rules changed together share it
 * @param before the number until then, in the rule's unit
 * @param current the number from then on
 * @param effectiveBlock the first block it holds in
 * @param by the account that changed it
 */
public record RuleChange(
        long version,
        Rule rule,
        BigInteger before,
        BigInteger current,
        long effectiveBlock,
        Address by,
        Hash32 transaction,
        Instant at) {}
