package atelier.chain;

import atelier.chain.IntentStore.Share;
import atelier.kernel.Address;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The keys that this process may send with just now. Each relayer has a lease of its own, so that
 * processes share them, and a share of the members, so that what one member does leaves in order;
 * the deployer's key goes with the first relayer's.
 */
@Component
class KeyRing {

    /** A relayer of ours, and whose intents it takes. */
    record Held(Address key, Share share) {}

    /** A lease of ours, from when it became so until it is another's. */
    record Turn(int relayer, long epoch) {}

    private static final int NONE = 0;

    private final Leases leases;
    private final Roster roster;
    private final ChainProperties properties;
    private final Clock clock;
    private int era = NONE;
    private List<Address> relayers = List.of();
    private Instant look = Instant.EPOCH;

    KeyRing(Leases leases, Roster roster, ChainProperties properties, Clock clock) {
        this.leases = leases;
        this.roster = roster;
        this.properties = properties;
        this.clock = clock;
    }

    /** Takes the leases that are free and keeps those that it has; whether it has any. */
    boolean hold(Contracts.Deployed deployed) {
        if (era != deployed.era() || !holdsAny()) {
            read(deployed);
        }
        Set<Turn> before = turns();
        for (int i = 0; i < relayers.size(); i++) {
            leases.relayer(i).hold();
        }
        if (!before.containsAll(turns())) {
            read(deployed); // nobody joins while a lease is held, so this is true as long as it is
        }
        if (relayers.size() > 1) {
            share();
        }
        return holdsAny();
    }

    private void read(Contracts.Deployed deployed) {
        relayers = roster.relayers(deployed);
        era = deployed.era();
    }

    /** Who has none says so; who has several then gives one away. */
    private void share() {
        Lease wanted = leases.wanted();
        List<Held> held = relayers();
        if (held.isEmpty()) {
            wanted.hold();
        } else if (held.size() == 1) {
            wanted.release();
        } else if (!clock.instant().isBefore(look)) {
            look = clock.instant().plus(properties.lease().dividedBy(4));
            if (wanted.hold()) {
                wanted.release();
            } else {
                leases.relayer(relayers.indexOf(held.getLast().key())).release();
            }
        }
    }

    /** Those relayers whose lease is ours. */
    List<Held> relayers() {
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < relayers.size(); i++) {
            if (leases.relayer(i).held()) {
                held.add(new Held(relayers.get(i), new Share(i, relayers.size())));
            }
        }
        return held;
    }

    boolean holdsAll() {
        return relayers().size() == relayers.size();
    }

    /** Whether what is signed with a key is this process's work. */
    boolean holds(Address key) {
        return lease(key).held();
    }

    /**
     * Called first in a transaction that writes for a key.
     *
     * @return the epoch of its lease
     * @throws Lease.Lost if it is not ours any more
     */
    long fence(Address key) {
        return lease(key).fence();
    }

    /** All keys that are ever sent with, whoever holds them. */
    List<Address> all(Contracts.Deployed deployed) {
        if (era != deployed.era()) {
            read(deployed);
        }
        List<Address> all = new ArrayList<>(relayers);
        all.add(deployed.deployer());
        return all;
    }

    /** What has something new in it when a lease becomes ours. */
    Set<Turn> turns() {
        Set<Turn> turns = new HashSet<>();
        for (int i = 0; i < relayers.size(); i++) {
            Long epoch = leases.relayer(i).epoch();
            if (epoch != null) {
                turns.add(new Turn(i, epoch));
            }
        }
        return turns;
    }

    private boolean holdsAny() {
        return !relayers().isEmpty();
    }

    /** The deployer is nobody's number. */
    private Lease lease(Address key) {
        return leases.relayer(Math.max(0, relayers.indexOf(key)));
    }
}
