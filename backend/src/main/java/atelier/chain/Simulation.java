package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import org.springframework.stereotype.Component;

/**
 * Tries calls the way they will arrive: a member's through the forwarder, with their address
 * behind.
 */
@Component
class Simulation {

    private final Contracts contracts;
    private final Node node;
    private final ContractErrors errors;

    Simulation(Contracts contracts, Node node, ContractErrors errors) {
        this.contracts = contracts;
        this.node = node;
        this.errors = errors;
    }

    void tryOut(Call call) {
        if (!(call instanceof Call.Forward forward)) {
            return;
        }
        try {
            node.call(forwarded(forward, new IntentId(Hash32.ZERO)), Node.LATEST);
        } catch (NodeRefused e) {
            if (ContractErrors.isRevert(e)) {
                throw errors.refusal(e);
            }
        } catch (NodeUnavailable e) {
            // Says nothing about the call; the sender tries it again before it signs anything.
        }
    }

    /** A waiting member's call, to be rehearsed. */
    Node.Act act(IntentStore.Waiting intent) {
        Call.Forward call = (Call.Forward) intent.call();
        return new Node.Act(
                call.signer(), contracts.address(call.to()), withId(call.data(), intent.id()));
    }

    /** A member's call as the forwarder makes it. */
    Node.Tried forwarded(Call.Forward call, IntentId id) {
        return new Node.Tried(
                contracts.address(ContractKind.FORWARDER),
                contracts.address(call.to()),
                Calldata.join(withId(call.data(), id), call.signer().bytes()),
                null);
    }

    /** Calldata that names its intent: decoders ignore what follows the arguments. */
    static byte[] withId(byte[] data, IntentId id) {
        return Calldata.join(data, id.hash().bytes());
    }

    /** Why a forwarded call failed in this block, found by trying it there again. */
    Refused why(Call.Forward call, IntentId id, long block) {
        for (long state : new long[] {block, block - 1}) {
            try {
                node.call(forwarded(call, id), Node.tag(state));
            } catch (NodeRefused e) {
                if (ContractErrors.isRevert(e)) {
                    return errors.refusal(e);
                }
            }
        }
        return Refused.conflict("contract.reverted", "");
    }
}
