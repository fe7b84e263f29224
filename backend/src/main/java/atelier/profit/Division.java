package atelier.profit;

import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A pool, divided by roles and among accounts. */
final class Division {

    private final BigInteger pool;
    private final Merits merits;
    private final List<RoleShare> roles = new ArrayList<>();
    private final Map<Role, Amounts> shares = new EnumMap<>(Role.class);

    private Division(TokenAmount pool, Merits merits) {
        this.pool = pool.units();
        this.merits = merits;
    }

    static Division of(TokenAmount pool, Merits merits) {
        Division division = new Division(pool, merits);
        Role.OF_ACCOUNTS.forEach(division::divide);
        return division;
    }

    /** In the order of the text. */
    List<RoleShare> roles() {
        return Collections.unmodifiableList(roles);
    }

    /** What accounts have, by role. */
    Map<Role, Amounts> shares() {
        return Collections.unmodifiableMap(shares);
    }

    TokenAmount commonsPart() {
        return new TokenAmount(part(Role.COMMONS));
    }

    private void divide(Role role) {
        Amounts measures = merits.by(role);
        BigInteger reached = reached(role, measures);
        Amounts paid = measures.dividing(reached);
        shares.put(role, paid);
        roles.add(
                new RoleShare(
                        role,
                        new TokenAmount(part(role)),
                        measures.sum(),
                        new TokenAmount(reached),
                        new TokenAmount(paid.sum())));
    }

    private BigInteger reached(Role role, Amounts measures) {
        if (measures.isEmpty()) {
            return BigInteger.ZERO;
        }
        return role == Role.ANCESTOR ? part(role).min(ofCreators(measures)) : part(role);
    }

    /** What ancestors have of the creators' shares, as ratio and cap say. */
    private BigInteger ofCreators(Amounts ancestors) {
        Amounts creators = merits.by(Role.CREATOR);
        return creators.isEmpty()
                ? BigInteger.ZERO
                : part(Role.CREATOR)
                        .multiply(ancestors.sum())
                        .divide(creators.sum().multiply(Lineage.SCALE));
    }

    private BigInteger part(Role role) {
        BigInteger weights = merits.rules().weights();
        if (weights.signum() == 0) {
            return role == Role.COMMONS ? pool : BigInteger.ZERO;
        }
        return pool.multiply(merits.rules().weight(role)).divide(weights);
    }
}
