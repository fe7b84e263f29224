package atelier.workshop;

import atelier.kernel.BasisPoints;
import atelier.kernel.TokenAmount;
import atelier.rules.Rulebook;
import java.math.BigInteger;

/**
 * The platform's lines of a making, by the rules in force; every product rounds down to a unit
 * exactly where the contract does.
 *
 * @param margin of a material's price
 * @param wear per use of a tool
 * @param feeToTreasury of a recipe's fee
 */
record Tariff(BasisPoints margin, TokenAmount wear, BasisPoints feeToTreasury) {

    static Tariff of(Rulebook rules) {
        return new Tariff(rules.materialMargin(), rules.toolWear(), rules.recipeFeeTreasuryShare());
    }

    static TokenAmount supplierCost(SupplyView supply, BigInteger amount) {
        return new TokenAmount(supply.price().units().multiply(amount));
    }

    TokenAmount platformCost(SupplyView supply, BigInteger amount) {
        return switch (supply.kind()) {
            case MATERIAL -> margin.of(supplierCost(supply, amount));
            case TOOL -> new TokenAmount(wear.units().multiply(amount));
        };
    }

    TokenAmount treasuryFee(TokenAmount fee) {
        return feeToTreasury.of(fee);
    }
}
