package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.Signature;
import atelier.vault.TypedData;
import atelier.vault.TypedData.Field;
import atelier.vault.TypedDomain;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.web3j.crypto.ECDSASignature;

/** Ballots as OpenZeppelin's Governor has them signed, with the ballot's number for the nonce. */
@Component
class BallotSigner {

    private static final String NAME = "Atelier Council";
    private static final String VERSION = "1";
    private static final String TYPE = "Ballot";
    private static final int HALF = 32;

    private final Vault vault;
    private final Contracts contracts;

    BallotSigner(Vault vault, Contracts contracts) {
        this.vault = vault;
        this.contracts = contracts;
    }

    /** What a voter signs. */
    TypedData typed(ProposalId proposal, Address voter, Vote choice, int number) {
        return new TypedData(
                new TypedDomain(
                        NAME,
                        VERSION,
                        contracts.chainId(),
                        contracts.address(ContractKind.COUNCIL)),
                TYPE,
                List.of(
                        new Field("uint256", "proposalId", proposal.number()),
                        new Field("uint8", "support", choice.number()),
                        new Field("address", "voter", voter),
                        new Field("uint256", "nonce", number)));
    }

    /**
     * Signs with a member's key in the vault, which is allowed to sign this and nothing like it.
     */
    Signature sign(MemberId member, ProposalId proposal, Address voter, Vote choice, int number) {
        TypedData data = typed(proposal, voter, choice, number);
        vault.trust(data.domain(), Set.of(TYPE));
        return vault.sign(member.toString(), voter, data);
    }

    /**
     * Reads a signature that somebody's own key made.
     *
     * @throws Refused {@code ballot.signature-length} unless it has 65 bytes, {@code
     *     ballot.signature-high} if the same could be written in another way, {@code
     *     ballot.not-signed} unless it is this voter's for this ballot, chain and contract
     */
    Signature check(ProposalId proposal, Address voter, Vote choice, int number, byte[] signature) {
        if (signature.length != Signature.LENGTH) {
            throw Refused.invalid("ballot.signature-length", Signature.LENGTH, signature.length);
        }
        if (!new ECDSASignature(word(signature, 0), word(signature, HALF)).isCanonical()) {
            throw Refused.invalid("ballot.signature-high");
        }
        Signature read = new Signature(signature);
        if (!read.isBy(voter, typed(proposal, voter, choice, number).hash())) {
            throw Refused.invalid("ballot.not-signed");
        }
        return read;
    }

    private static BigInteger word(byte[] bytes, int from) {
        return new BigInteger(1, bytes, from, HALF);
    }
}
