package atelier.profit;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.contracts.ProfitShare;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Writes calls of the treasury and of the contract that pays shares. */
@Component
class ProfitCalls {

    private static final int ACCOUNT_SHIFT = 96;
    private static final int TOTAL_SHIFT = Pushable.BITS;

    private final Contracts contracts;

    ProfitCalls(Contracts contracts) {
        this.contracts = contracts;
    }

    /** Anybody may; the relayer does. */
    Call closeEpoch() {
        return new Call.Direct(ContractKind.TREASURY, data(contracts.treasury().closeEpoch()));
    }

    Call payCost(Address operator, Costs.Wish wish, Address payee, Hash32 receipt) {
        return new Call.Forward(
                operator,
                ContractKind.TREASURY,
                data(
                        contracts
                                .treasury()
                                .payCost(
                                        BigInteger.valueOf(wish.kind().number()),
                                        payee.toString(),
                                        wish.amount().units(),
                                        wish.text(),
                                        receipt.bytes())));
    }

    /** {@code expected} is the root that counts before, or zero. */
    Call publish(Address operator, KeptStatement statement, Hash32 expected) {
        return new Call.Forward(
                operator,
                ContractKind.PROFIT_SHARE,
                data(
                        contracts
                                .profitShare()
                                .publish(
                                        BigInteger.valueOf(statement.epoch()),
                                        statement.root().bytes(),
                                        statement.total().units(),
                                        expected.bytes(),
                                        statement.digest().bytes())));
    }

    Call object(Address member) {
        return new Call.Forward(
                member, ContractKind.PROFIT_SHARE, data(contracts.profitShare().object()));
    }

    /** By whoever guards, with a key of their own. */
    Call hold(Address guardian) {
        return new Call.Forward(
                guardian, ContractKind.PROFIT_SHARE, data(contracts.profitShare().hold()));
    }

    /** By the key of this place, where that guards. */
    Call hold() {
        return new Call.Direct(ContractKind.PROFIT_SHARE, data(contracts.profitShare().hold()));
    }

    /** Pays neighbouring leaves. */
    Call push(List<Line> neighbours, int depth, List<Hash32> proof) {
        return new Call.Direct(
                ContractKind.PROFIT_SHARE,
                data(
                        contracts
                                .profitShare()
                                .push(
                                        BigInteger.valueOf(neighbours.getFirst().number()),
                                        BigInteger.valueOf(depth),
                                        neighbours.stream().map(ProfitCalls::packed).toList(),
                                        nodes(proof))));
    }

    /** What anybody may send to have a share paid to its account. */
    byte[] claim(Line line, List<Hash32> proof) {
        return data(contracts.profitShare().claim(share(line, proof)));
    }

    /**
     * As {@link #claim}, for who missed a statement: with the line of the last they were paid by.
     */
    byte[] claimSince(Line line, List<Hash32> proof, Line before, List<Hash32> proofBefore) {
        return data(
                contracts.profitShare().claimSince(share(line, proof), share(before, proofBefore)));
    }

    /** A claim, sent by this place. */
    Call claim(OpenClaim claim) {
        return new Call.Direct(ContractKind.PROFIT_SHARE, claim.call());
    }

    private static ProfitShare.Share share(Line line, List<Hash32> proof) {
        return new ProfitShare.Share(
                BigInteger.valueOf(line.number()),
                line.account().toString(),
                line.total().units(),
                line.fresh().units(),
                nodes(proof));
    }

    private static BigInteger packed(Line line) {
        if (!Pushable.fits(line)) {
            throw new IllegalArgumentException(line.account() + " has to be paid alone");
        }
        return new BigInteger(1, line.account().bytes())
                .shiftLeft(ACCOUNT_SHIFT)
                .or(line.total().units().shiftLeft(TOTAL_SHIFT))
                .or(line.fresh().units());
    }

    private static List<byte[]> nodes(List<Hash32> proof) {
        return proof.stream().map(Hash32::bytes).toList();
    }

    private static byte[] data(RemoteFunctionCall<?> call) {
        return Bytes.parse(call.encodeFunctionCall());
    }
}
