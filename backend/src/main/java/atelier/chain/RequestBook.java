package atelier.chain;

import atelier.chain.IntentStore.Nonces;
import atelier.chain.IntentStore.Signature;
import atelier.chain.IntentStore.Stranded;
import atelier.chain.IntentStore.Waiting;
import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which nonce at the forwarder a member's next request gets. Whoever has seen a request can bring
 * it to the chain by themselves, so as long as one may still be executed, nothing else is signed
 * for its nonce, nor the same intent for another.
 */
final class RequestBook {

    private static final long NONE = -1;

    private final Node node;
    private final Address forwarder;
    private final int confirmations;
    private final Map<Address, Nonces> nonces;
    private final List<Stranded> stranded;
    private final Map<Address, Long> finalNonces = new HashMap<>();
    private Node.@Nullable Header settled;

    private RequestBook(
            Node node,
            Address forwarder,
            int confirmations,
            Map<Address, Nonces> nonces,
            List<Stranded> stranded) {
        this.node = node;
        this.forwarder = forwarder;
        this.confirmations = confirmations;
        this.nonces = nonces;
        this.stranded = stranded;
    }

    static RequestBook of(
            Node node,
            IntentStore intents,
            Contracts.Deployed deployed,
            ChainProperties properties,
            List<Waiting> candidates) {
        Set<Address> signers = new HashSet<>();
        candidates.forEach(one -> signers.add(signer(one)));
        return new RequestBook(
                node,
                deployed.at(ContractKind.FORWARDER),
                properties.confirmations(),
                intents.nonces(deployed.era(), signers),
                intents.stranded(signers));
    }

    /** Whether the signer has a request in a transaction that is in no block we hold. */
    boolean busy(Address signer) {
        return known(signer).highest() >= 0;
    }

    /**
     * The nonce after all that is on its way, or the one that is missing there, because nothing
     * behind it is executed; none while the node has less than our mirror.
     *
     * @param onChain the next nonce by the newest block
     */
    long next(Address signer, long onChain) {
        Nonces known = known(signer);
        if (known.taken() >= onChain) {
            return NONE;
        }
        boolean missing =
                known.highest() < onChain
                        || known.lowest() > onChain
                        || of(signer)
                                .filter(one -> nonce(one) == onChain)
                                .anyMatch(one -> alive(signer, one.signature()));
        return missing ? onChain : known.highest() + 1;
    }

    /** The nonce after one that was just given. */
    long after(Address signer, long nonce) {
        return Math.max(nonce, known(signer).highest()) + 1;
    }

    boolean allows(Waiting intent, Address signer, long nonce) {
        if (nonce == NONE) {
            return false;
        }
        return mayStillBeBrought(intent)
                ? intent.earlier() != null && intent.earlier().nonce() == nonce
                : of(signer)
                        .filter(one -> nonce(one) == nonce && !one.id().equals(intent.id()))
                        .noneMatch(one -> alive(signer, one.signature()));
    }

    private Nonces known(Address signer) {
        return nonces.getOrDefault(signer, Nonces.NONE);
    }

    private Stream<Stranded> of(Address signer) {
        return stranded.stream().filter(one -> one.signer().equals(signer));
    }

    private static long nonce(Stranded one) {
        return one.signature().nonce();
    }

    /** Whether somebody who has seen an earlier request of this intent can still bring it. */
    boolean mayStillBeBrought(Waiting intent) {
        Signature earlier = intent.earlier();
        return earlier != null && alive(signer(intent), earlier);
    }

    private boolean alive(Address signer, Signature signature) {
        Node.Header block = settled();
        return !signature.until().isBefore(block.time())
                && finalNonces.computeIfAbsent(signer, _ -> nonceAt(signer, block))
                        <= signature.nonce();
    }

    private Node.Header settled() {
        Node.Header known = settled;
        if (known == null) {
            known = settled(node, confirmations);
            settled = known;
        }
        return known;
    }

    /** Where there was no forwarder yet, nobody has used a nonce. */
    private long nonceAt(Address signer, Node.Header block) {
        byte[] answer =
                node.call(
                        new Node.Tried(Address.ZERO, forwarder, Calldata.nonces(signer), null),
                        Node.tag(block.number()));
        return new BigInteger(1, answer).longValueExact();
    }

    private static Address signer(Waiting intent) {
        return ((Call.Forward) intent.call()).signer();
    }

    /** A block that no reorganisation is expected to reach. */
    static Node.Header settled(Node node, int confirmations) {
        long deep = Math.max(0, node.head().number() - confirmations);
        return node.header(Node.tag(deep))
                .orElseThrow(() -> new NodeUnavailable("The node has lost a final block"));
    }
}
