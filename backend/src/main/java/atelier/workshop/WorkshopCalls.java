package atelier.workshop;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Writes calls of the contracts in the bytes that members sign. */
@Component
class WorkshopCalls {

    private final Contracts contracts;

    WorkshopCalls(Contracts contracts) {
        this.contracts = contracts;
    }

    Call buyAndCraft(
            Address maker,
            RecipeId recipe,
            Hash32 contentHash,
            List<WorkId> parents,
            TokenAmount atMost) {
        return workshop(
                maker,
                contracts
                        .workshop()
                        .buyAndCraft(
                                number(recipe),
                                contentHash.bytes(),
                                parents.stream().map(WorkId::tokenId).toList(),
                                atMost.units()));
    }

    Call buy(Address buyer, Map<SupplyId, Long> amounts, TokenAmount atMost) {
        List<BigInteger> ids =
                amounts.keySet().stream().map(id -> BigInteger.valueOf(id.number())).toList();
        List<BigInteger> pieces = amounts.values().stream().map(BigInteger::valueOf).toList();
        return workshop(buyer, contracts.workshop().buy(ids, pieces, atMost.units()));
    }

    Call propose(Address author, Definition definition, long supersedes) {
        List<atelier.contracts.Workshop.Input> inputs =
                definition.inputs().entrySet().stream().map(WorkshopCalls::input).toList();
        return workshop(
                author,
                contracts
                        .workshop()
                        .propose(
                                definition.fee().units(),
                                inputs,
                                definition.hash().bytes(),
                                BigInteger.valueOf(supersedes)));
    }

    Call approve(Address admin, RecipeId recipe) {
        return workshop(admin, contracts.workshop().approve(number(recipe)));
    }

    Call retire(Address admin, RecipeId recipe) {
        return workshop(admin, contracts.workshop().retire(number(recipe)));
    }

    Call define(Address admin, NewSupply supply, Address supplier) {
        return supplies(
                admin,
                contracts
                        .supplies()
                        .defineSupply(
                                BigInteger.valueOf(supply.kind().number()),
                                supplier.toString(),
                                supply.price().units(),
                                BigInteger.valueOf(supply.stock()),
                                supply.name()));
    }

    Call setPrice(Address admin, SupplyId supply, TokenAmount price) {
        return supplies(
                admin,
                contracts.supplies().setPrice(BigInteger.valueOf(supply.number()), price.units()));
    }

    Call restock(Address admin, SupplyId supply, long amount) {
        return supplies(
                admin,
                contracts
                        .supplies()
                        .restock(BigInteger.valueOf(supply.number()), BigInteger.valueOf(amount)));
    }

    private static atelier.contracts.Workshop.Input input(Map.Entry<SupplyId, Long> input) {
        return new atelier.contracts.Workshop.Input(
                BigInteger.valueOf(input.getKey().number()), BigInteger.valueOf(input.getValue()));
    }

    private static BigInteger number(RecipeId recipe) {
        return BigInteger.valueOf(recipe.number());
    }

    private static Call workshop(Address signer, RemoteFunctionCall<?> call) {
        return new Call.Forward(signer, ContractKind.WORKSHOP, data(call));
    }

    private static Call supplies(Address signer, RemoteFunctionCall<?> call) {
        return new Call.Forward(signer, ContractKind.SUPPLIES, data(call));
    }

    private static byte[] data(RemoteFunctionCall<?> call) {
        return Bytes.parse(call.encodeFunctionCall());
    }
}
