package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.contracts.ERC2771Forwarder.ForwardRequestData;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.vault.TypedData;
import atelier.vault.TypedData.Field;
import atelier.vault.TypedDomain;
import java.math.BigInteger;
import java.time.Instant;
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
     * Signs one request.
     *
     * @param data calldata that already ends with the intent's id
     */
    ForwardRequestData sign(
            MemberId owner,
            Address signer,
            ContractKind to,
            byte[] data,
            BigInteger gas,
            BigInteger nonce,
            Instant deadline) {
        Address target = contracts.address(to);
        BigInteger until = BigInteger.valueOf(deadline.getEpochSecond());
        TypedData request = typed(signer, target, BigInteger.ZERO, gas, nonce, until, data);
        byte[] signature = signing.request(owner, signer, request);
        return new ForwardRequestData(
                signer.toString(), target.toString(), BigInteger.ZERO, gas, until, data, signature);
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
