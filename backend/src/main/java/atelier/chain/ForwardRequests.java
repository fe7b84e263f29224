package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.vault.TypedData;
import atelier.vault.TypedData.Field;
import atelier.vault.TypedDomain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Members' calls as OpenZeppelin's forwarder takes them, signed by their keys in the vault. */
@Component
class ForwardRequests {

    static final String PRIMARY_TYPE = "ForwardRequest";

    private final Contracts contracts;
    private final Signing signing;

    ForwardRequests(Contracts contracts, Signing signing) {
        this.contracts = contracts;
        this.signing = signing;
    }

    /**
     * A request before it is signed.
     *
     * @param data calldata that already ends with the intent's id
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Draft(
            MemberId owner,
            Address signer,
            ContractKind to,
            byte[] data,
            BigInteger gas,
            BigInteger nonce,
            Instant deadline) {

        BigInteger until() {
            return BigInteger.valueOf(deadline.getEpochSecond());
        }
    }

    /** Signs requests, in this order. */
    List<CallReader.Request> sign(List<Draft> drafts) {
        List<byte[]> signatures =
                signing.requests(
                        drafts.stream()
                                .map(one ->
                                        new Signing.Asked(one.owner(), one.signer(), typed(one)))
                                .toList());
        List<CallReader.Request> signed = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            signed.add(request(drafts.get(i), signatures.get(i)));
        }
        return signed;
    }

    private TypedData typed(Draft draft) {
        return typed(
                draft.signer(),
                contracts.address(draft.to()),
                BigInteger.ZERO,
                draft.gas(),
                draft.nonce(),
                draft.until(),
                draft.data());
    }

    private CallReader.Request request(Draft draft, byte[] signature) {
        return new CallReader.Request(
                draft.signer(),
                contracts.address(draft.to()),
                BigInteger.ZERO,
                draft.gas(),
                draft.until(),
                draft.data(),
                signature);
    }

    /** Whether its signer signed this request for this nonce. */
    boolean signed(CallReader.Request request, BigInteger nonce) {
        return signing.signed(
                request.from(),
                typed(
                        request.from(),
                        request.to(),
                        request.value(),
                        request.gas(),
                        nonce,
                        request.deadline(),
                        request.data()),
                request.signature());
    }

    private TypedData typed(
            Address signer,
            Address target,
            BigInteger value,
            BigInteger gas,
            BigInteger nonce,
            BigInteger until,
            byte[] data) {
        return new TypedData(
                domain(),
                PRIMARY_TYPE,
                List.of(
                        new Field("address", "from", signer),
                        new Field("address", "to", target),
                        new Field("uint256", "value", value),
                        new Field("uint256", "gas", gas),
                        new Field("uint256", "nonce", nonce),
                        new Field("uint48", "deadline", until),
                        new Field("bytes", "data", data)));
    }

    private TypedDomain domain() {
        return new TypedDomain(
                Plan.FORWARDER_NAME,
                "1",
                contracts.chainId(),
                contracts.address(ContractKind.FORWARDER));
    }
}
