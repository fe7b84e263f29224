package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.vault.Signature;
import atelier.vault.TypedData;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Component;
import org.web3j.crypto.RawTransaction;

/** Signs with the vault's keys. */
@Component
class VaultSigning implements Signing {

    private final Vault vault;

    VaultSigning(Vault vault) {
        this.vault = vault;
    }

    @Override
    public byte[] transaction(Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        return vault.signTransaction(place.key(), unsigned(place, payload, fees, chainId));
    }

    static RawTransaction unsigned(
            Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        return RawTransaction.createTransaction(
                chainId,
                BigInteger.valueOf(place.nonce()),
                payload.gasLimit(),
                payload.target() == null ? "" : payload.target().toString(),
                BigInteger.ZERO,
                Bytes.hex(payload.data()),
                fees.priority(),
                fees.max());
    }

    @Override
    public List<byte[]> requests(List<Asked> asked) {
        return vault
                .signAll(
                        asked.stream()
                                .map(one ->
                                        new Vault.Wanted(
                                                one.owner().toString(),
                                                one.signer(),
                                                one.request()))
                                .toList())
                .stream()
                .map(Signature::rsv)
                .toList();
    }

    @Override
    public boolean signed(Address signer, TypedData request, byte[] signature) {
        return isBy(signer, request, signature);
    }

    static boolean isBy(Address signer, TypedData request, byte[] signature) {
        return signature.length == Signature.LENGTH
                && new Signature(signature).isBy(signer, request.hash());
    }
}
