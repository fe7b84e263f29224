package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.nio.ByteBuffer;
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
            if (errors.isRevert(e)) {
                throw errors.refusal(e);
            }
        } catch (NodeUnavailable e) {
            // Says nothing about the call; the sender tries it again before it signs anything.
        }
    }

    /** A member's call as the forwarder makes it. */
    Node.Tried forwarded(Call.Forward call, IntentId id) {
        return new Node.Tried(
                contracts.address(ContractKind.FORWARDER),
                contracts.address(call.to()),
                concat(withId(call.data(), id), call.signer().bytes()),
                null);
    }

    /** Calldata that names its intent: decoders ignore what follows the arguments. */
    static byte[] withId(byte[] data, IntentId id) {
        return concat(data, id.hash().bytes());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    /** Why a forwarded call failed in this block, found by trying it there again. */
    Refused why(Call.Forward call, IntentId id, long block) {
        for (long state : new long[] {block, block - 1}) {
            try {
                node.call(forwarded(call, id), Node.tag(state));
            } catch (NodeRefused e) {
                if (errors.isRevert(e)) {
                    return errors.refusal(e);
                }
            }
        }
        return Refused.conflict("contract.reverted", "");
    }
}
