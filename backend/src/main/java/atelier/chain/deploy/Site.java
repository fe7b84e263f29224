package atelier.chain.deploy;

import atelier.chain.ContractKind;
import atelier.kernel.Address;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a step may build on.
 *
 * @param contracts what has been created so far
 * @param blocks in which block each was created, where that is known
 * @param delay how long the timelock has what was decided wait at first
 */
public record Site(
        Map<ContractKind, Address> contracts,
        Map<ContractKind, Long> blocks,
        Address deployer,
        Address relayer,
        String publicUrl,
        Duration delay) {

    /** Where a contract is. */
    public Address at(ContractKind kind) {
        return Objects.requireNonNull(contracts.get(kind), kind::directoryName);
    }

    /** The block a contract was created in. */
    public long blockOf(ContractKind kind) {
        return Objects.requireNonNull(blocks.get(kind), kind::directoryName);
    }
}
