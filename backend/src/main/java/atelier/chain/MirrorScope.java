package atelier.chain;

import atelier.kernel.Address;
import java.util.HashMap;
import java.util.Map;

/**
 * What is mirrored: the logs of these contracts.
 *
 * @param firstBlock the block that the first of them was created in
 */
record MirrorScope(Map<ContractKind, Address> contracts, long firstBlock) {

    MirrorScope {
        contracts = Map.copyOf(contracts);
    }

    /** Which contract is at an address. */
    Map<Address, ContractKind> kinds() {
        Map<Address, ContractKind> kinds = new HashMap<>();
        contracts.forEach((kind, address) -> kinds.put(address, kind));
        return kinds;
    }
}
