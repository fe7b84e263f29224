package atelier.chain;

import atelier.kernel.Address;
import java.util.List;

/** The keys that forward and issue for the community on its chain; one that has joined stays. */
@FunctionalInterface
interface Roster {

    /** Nobody has joined the first. */
    Roster ONE = deployed -> List.of(deployed.relayer());

    /** All of them, in the order in which they joined. */
    List<Address> relayers(Contracts.Deployed deployed);
}
