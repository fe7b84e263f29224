package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Refused;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The community's contracts on its chain. Until they are deployed every question is refused with
 * {@code chain.deploying}.
 */
@Component
public class Contracts {

    /** What a finished deployment left behind. */
    record Deployed(
            long chainId,
            Map<ContractKind, Address> addresses,
            Address deployer,
            Address relayer) {}

    private volatile @Nullable Deployed deployed;

    /** Whether the contracts can be used. */
    public boolean deployed() {
        return deployed != null;
    }

    /** Where a contract is. */
    public Address address(ContractKind kind) {
        return Objects.requireNonNull(get().addresses().get(kind), kind::directoryName);
    }

    /** The chain's id, as signatures name it. */
    public long chainId() {
        return get().chainId();
    }

    void open(Deployed deployment) {
        deployed = deployment;
    }

    void close() {
        deployed = null;
    }

    Deployed get() {
        Deployed now = deployed;
        if (now == null) {
            throw Refused.unavailable("chain.deploying");
        }
        return now;
    }
}
