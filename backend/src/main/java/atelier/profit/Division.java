package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A pool, divided by roles and among accounts. */
final class Division {

    private final BigInteger pool;
    private final Doings doings;
    private final List<RoleShare> roles = new ArrayList<>();
    private final SortedMap<Address, Map<Role, TokenAmount>> shares = new TreeMap<>();

    private Division(TokenAmount pool, Doings doings) {
        this.pool = pool.units();
        this.doings = doings;
    }

    static Division of(TokenAmount pool, Doings doings) {
        Division division = new Division(pool, doings);
        Role.OF_ACCOUNTS.forEach(division::divide);
        return division;
    }

    /** In the order of the text. */
    List<RoleShare> roles() {
        return Collections.unmodifiableList(roles);
    }

    /** Of every account that has a share, what it has by which role; nothing has no entry. */
    SortedMap<Address, Map<Role, TokenAmount>> shares() {
        return shares;
    }

    TokenAmount commonsPart() {
        return new TokenAmount(part(Role.COMMONS));
    }

    private void divide(Role role) {
        Measures measures = doings.measures(role);
        BigInteger reached = reached(role, measures);
        BigInteger paid = BigInteger.ZERO;
        if (reached.signum() > 0) {
            for (var measure : measures.byAccount().entrySet()) {
                BigInteger share = reached.multiply(measure.getValue()).divide(measures.sum());
                paid = paid.add(share);
                give(measure.getKey(), role, share);
            }
        }
        roles.add(
                new RoleShare(
                        role,
                        new TokenAmount(part(role)),
                        measures.sum(),
                        new TokenAmount(reached),
                        new TokenAmount(paid)));
    }

    private void give(Address account, Role role, BigInteger share) {
        if (share.signum() > 0) {
            shares.computeIfAbsent(account, _ -> new EnumMap<>(Role.class))
                    .put(role, new TokenAmount(share));
        }
    }

    private BigInteger reached(Role role, Measures measures) {
        if (measures.isEmpty()) {
            return BigInteger.ZERO;
        }
        return role == Role.ANCESTOR ? part(role).min(ofCreators(measures)) : part(role);
    }

    /** What ancestors have of the creators' shares, as ratio and cap say. */
    private BigInteger ofCreators(Measures ancestors) {
        Measures creators = doings.measures(Role.CREATOR);
        return creators.isEmpty()
                ? BigInteger.ZERO
                : part(Role.CREATOR)
                        .multiply(ancestors.sum())
                        .divide(creators.sum().multiply(Lineage.SCALE));
    }

    private BigInteger part(Role role) {
        BigInteger weights = doings.rules().weights();
        if (weights.signum() == 0) {
            return role == Role.COMMONS ? pool : BigInteger.ZERO;
        }
        return pool.multiply(doings.rules().weight(role)).divide(weights);
    }
}
