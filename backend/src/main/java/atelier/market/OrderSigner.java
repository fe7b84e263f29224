package atelier.market;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.vault.Signature;
import atelier.vault.TypedData;
import atelier.vault.TypedDomain;
import atelier.vault.Vault;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Has orders signed for the Market's domain, and checks what comes back. */
@Component
class OrderSigner {

    private static final String NAME = "Atelier Market";
    private static final String VERSION = "1";

    private final Vault vault;
    private final Contracts contracts;

    OrderSigner(Vault vault, Contracts contracts) {
        this.vault = vault;
        this.contracts = contracts;
    }

    /** The order's hash and its maker's signature, which recovers to the maker. */
    Signed sign(MemberId owner, Order order) {
        TypedDomain domain = domain();
        vault.trust(domain, Set.of(Order.TYPE));
        TypedData data = order.typedData(domain);
        Signature signature = vault.sign(owner.toString(), order.maker(), data);
        Hash32 hash = data.hash();
        if (!signature.isBy(order.maker(), hash)) {
            throw new IllegalStateException("The vault's signature is not by " + order.maker());
        }
        return new Signed(hash, signature);
    }

    /** Whether what is recorded is still what its maker signed. */
    boolean intact(SignedOrder recorded) {
        Hash32 hash = recorded.order().typedData(domain()).hash();
        return hash.equals(recorded.hash())
                && recorded.signature().isBy(recorded.order().maker(), hash);
    }

    private TypedDomain domain() {
        return new TypedDomain(
                NAME, VERSION, contracts.chainId(), contracts.address(ContractKind.MARKET));
    }

    /** A hash and a signature of it. */
    record Signed(Hash32 hash, Signature signature) {}
}
