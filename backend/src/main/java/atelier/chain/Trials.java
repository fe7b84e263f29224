package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The door for asking the newest block what a call would come to if things stood otherwise. */
@Component
public class Trials {

    /** What came of a call that was only tried. */
    public sealed interface Trial {

        /** It would go well. */
        record Passes() implements Trial {}

        /** It would revert. */
        record Fails(Refused why) implements Trial {}

        /** No node said anything about it. */
        record Unanswered() implements Trial {}
    }

    private final Contracts contracts;
    private final Node node;
    private final ContractErrors errors;

    Trials(Contracts contracts, Node node, ContractErrors errors) {
        this.contracts = contracts;
        this.node = node;
        this.errors = errors;
    }

    /**
     * Tries a call.
     *
     * @param storage words of the called contract that are taken to be others, by their place
     */
    public Trial call(Address from, ContractKind to, byte[] data, Map<Hash32, Hash32> storage) {
        try {
            node.callAsIf(new Node.Tried(from, contracts.address(to), data, null), storage);
            return new Trial.Passes();
        } catch (NodeRefused e) {
            return ContractErrors.isRevert(e)
                    ? new Trial.Fails(errors.refusal(e))
                    : new Trial.Unanswered();
        } catch (NodeUnavailable e) {
            return new Trial.Unanswered();
        }
    }
}
