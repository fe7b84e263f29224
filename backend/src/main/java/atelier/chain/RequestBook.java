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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.util.function.SingletonSupplier;

/**
 * Which nonce at the forwarder a member's next request gets. Whoever has seen a request can bring
 * it to the chain by themselves, so as long as one may still be executed, nothing else is signed
 * for its nonce, nor the same intent for another.
 */
final class RequestBook {

    private static final long NONE = -1;

    private final Node node;
    private final Address forwarder;
    private final Map<Address, Nonces> nonces;
    private final List<Stranded> stranded;
    private final Map<Address, Long> finalNonces = new HashMap<>();
    private final Supplier<Optional<Node.Header>> settled;

    private RequestBook(
            Node node,
            Address forwarder,
            Map<Address, Nonces> nonces,
            List<Stranded> stranded,
            Supplier<Optional<Node.Header>> settled) {
        this.node = node;
        this.forwarder = forwarder;
        this.settled = SingletonSupplier.of(settled);
        this.nonces = nonces;
        this.stranded = stranded;
    }

    static RequestBook of(
            Node node,
            IntentStore intents,
            Executions executions,
            Contracts.Deployed deployed,
            ChainProperties properties,
            List<Waiting> candidates) {
        Set<Address> signers = new HashSet<>();
        candidates.forEach(one -> signers.add(signer(one)));
        IntentStore.Signatures signed = intents.signatures(deployed.era(), signers);
        return new RequestBook(
                node,
                deployed.at(ContractKind.FORWARDER),
                signed.nonces(),
                signed.stranded(),
                () -> settled(node, executions, deployed.era(), properties.confirmations()));
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

    /**
     * Two may have been signed for one nonce, the second once the first had lapsed. While it is not
     * known what has, the first does not get it back.
     */
    boolean allows(Waiting intent, Address signer, long nonce) {
        if (nonce == NONE) {
            return false;
        }
        if (mayStillBeBrought(intent)) {
            return intent.earlier() != null
                    && intent.earlier().nonce() == nonce
                    && (settled.get().isPresent() || !mayBeUnderWay(signer, nonce));
        }
        return of(signer)
                .filter(one -> nonce(one) == nonce && !one.id().equals(intent.id()))
                .noneMatch(one -> alive(signer, one.signature()));
    }

    private boolean mayBeUnderWay(Address signer, long nonce) {
        Nonces known = known(signer);
        boolean others = of(signer).filter(one -> nonce(one) == nonce).limit(2).count() > 1;
        return others || (known.lowest() <= nonce && nonce <= known.highest());
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

    /** While the mirror is behind, it may be the very request that took the nonce. */
    private boolean alive(Address signer, Signature signature) {
        Optional<Node.Header> block = settled.get();
        return block.isEmpty()
                || (!signature.until().isBefore(block.get().time())
                        && finalNonces.computeIfAbsent(signer, _ -> nonceAt(signer, block.get()))
                                <= signature.nonce());
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

    /**
     * A block that no reorganisation is expected to reach; nothing while it is not known here what
     * was executed up to it.
     */
    static Optional<Node.Header> settled(
            Node node, Executions executions, int era, int confirmations) {
        long deep = Math.max(0, node.head().number() - confirmations);
        Node.Header block =
                node.header(Node.tag(deep))
                        .orElseThrow(() -> new NodeUnavailable("The node has lost a final block"));
        return executions.examined(era, block) ? Optional.of(block) : Optional.empty();
    }
}
