package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.ITransaction;
import org.web3j.crypto.transaction.type.Transaction1559;

/**
 * Makes keys and signs with them; no key leaves it. An owner is a member's id, or {@code
 * system:<name>} for an account of the platform itself.
 */
@Service
public class Vault {

    private static final String SYSTEM = "system:";

    private final SealedKeys keys;
    private final SigningPolicy policy;
    private final SignatureJournal journal;

    Vault(SealedKeys keys, SigningPolicy policy, SignatureJournal journal) {
        this.keys = keys;
        this.policy = policy;
        this.journal = journal;
    }

    /**
     * Makes an owner's key, in the caller's transaction.
     *
     * @throws Refused {@code vault.owner} if they have one already or the name is the system's
     */
    @Transactional
    public Address create(String owner) {
        if (owner.startsWith(SYSTEM) || !keys.create(owner)) {
            throw Refused.conflict("vault.owner");
        }
        return keys.find(owner).orElseThrow();
    }

    /** The platform's own account of this name (deployer, relayer), made when first asked for. */
    @Transactional
    public Address systemKey(String name) {
        String owner = SYSTEM + name;
        return keys.find(owner)
                .orElseGet(() -> {
                    keys.create(owner);
                    return keys.find(owner).orElseThrow();
                });
    }

    /**
     * Signs typed data with the owner's key.
     *
     * @throws Refused {@code vault.untrusted} if nobody said that this type may be signed for this
     *     domain, {@code vault.key} if the key is not the owner's
     */
    @Transactional
    public Signature sign(String owner, Address key, TypedData data) {
        policy.require(data);
        SecretKey secret = open(owner, key);
        Hash32 digest = data.hash();
        TypedDomain domain = data.domain();
        journal.record(
                owner,
                key,
                data.primaryType(),
                domain.chainId(),
                domain.verifyingContract(),
                digest);
        return secret.sign(digest);
    }

    /** Typed data that an owner's key is to sign. */
    public record Wanted(String owner, Address key, TypedData data) {}

    /**
     * Signs several at once, in this order: all, or none if one is refused as {@link #sign} would.
     */
    @Transactional
    public List<Signature> signAll(List<Wanted> wanted) {
        wanted.forEach(one -> policy.require(one.data()));
        Map<Address, SealedKeys.Owned> opened =
                keys.openAll(wanted.stream().map(Wanted::key).collect(Collectors.toSet()));
        List<Signature> signatures = new ArrayList<>();
        List<SignatureJournal.Entry> entries = new ArrayList<>();
        for (Wanted one : wanted) {
            SealedKeys.Owned key = opened.get(one.key());
            if (key == null || !key.owner().equals(one.owner())) {
                throw notTheirs();
            }
            Hash32 digest = one.data().hash();
            signatures.add(key.secret().sign(digest));
            entries.add(entry(one, digest));
        }
        journal.recordAll(entries);
        return signatures;
    }

    private static SignatureJournal.Entry entry(Wanted one, Hash32 digest) {
        TypedDomain domain = one.data().domain();
        return new SignatureJournal.Entry(
                one.owner(),
                one.key(),
                one.data().primaryType(),
                domain.chainId(),
                domain.verifyingContract(),
                digest);
    }

    /**
     * Signs a transaction of the platform's own account; only EIP-1559 ones, which carry their
     * chain's id.
     *
     * @return the raw signed bytes; their keccak is the transaction's hash
     * @throws Refused {@code vault.key} if this is no system key
     */
    @Transactional
    public byte[] signTransaction(Address systemKey, RawTransaction transaction) {
        long chainId = chainOf(transaction);
        DevelopmentKeys.refuseElsewhere(systemKey, chainId);
        String owner =
                keys.ownerOf(systemKey)
                        .filter(name -> name.startsWith(SYSTEM))
                        .orElseThrow(Vault::notTheirs);
        byte[] raw = signed(transaction, open(owner, systemKey));
        journal.record(
                owner, systemKey, "transaction", chainId, to(transaction), Eip712.keccak(raw));
        return raw;
    }

    /** Those of several accounts that are signed for here, and not by whoever they belong to. */
    @Transactional(readOnly = true)
    public Set<Address> holds(Collection<Address> accounts) {
        return keys.known(accounts);
    }

    /** Says what may be signed: these types for this contract on this chain. */
    public void trust(TypedDomain domain, Set<String> primaryTypes) {
        policy.trust(domain, primaryTypes);
    }

    private static byte[] signed(RawTransaction transaction, SecretKey secret) {
        byte[] unsigned = TransactionEncoder.encode(transaction);
        return Envelope.signed(unsigned, secret.sign(Eip712.keccak(unsigned)));
    }

    private SecretKey open(String owner, Address key) {
        return keys.open(owner, key).orElseThrow(Vault::notTheirs);
    }

    private static long chainOf(RawTransaction transaction) {
        ITransaction inner = transaction.getTransaction();
        if (inner instanceof Transaction1559 typed) {
            return typed.getChainId();
        }
        throw new IllegalArgumentException("Only EIP-1559 transactions are signed");
    }

    /** The called contract; none when one is made. */
    private static @Nullable Address to(RawTransaction transaction) {
        String to = transaction.getTo();
        return to == null || Bytes.parse(to).length == 0 ? null : Address.parse(to);
    }

    private static Refused notTheirs() {
        return new Refused(Reason.FORBIDDEN, "vault.key");
    }
}
