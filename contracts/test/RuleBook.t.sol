// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Rules, TradeRules} from "../src/lib/Rules.sol";
import {RuleBook} from "../src/RuleBook.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

contract RuleBookTest is AtelierTest {
    function testFuzz_ARuleHoldsWhatWasSetAndTouchesNoOther(uint8 rule, uint256 value) public {
        rule = uint8(bound(rule, 0, Rules.COUNT - 1));
        (uint128 min, uint128 max) = rules.bounds(rule);
        uint128[] memory expected = rules.values();
        expected[rule] = uint128(bound(value, min, max));
        _mendSplit(rule, expected);
        _setAll(expected);
        uint128[] memory found = rules.values();
        for (uint8 i = 0; i < Rules.COUNT; ++i) {
            assertEq(found[i], expected[i], decimal(i));
        }
    }

    function testFuzz_TheTradeWordReadsAsTheRulesSay(uint256 seed, uint256 price) public {
        price = bound(price, 0, type(uint96).max);
        uint128[] memory expected = _anything(seed);
        _setAll(expected);
        TradeRules word = rules.trade();
        assertEq(word.tradingFee(price), price * expected[Rules.TRADING_FEE] / 10_000, "fee");
        assertEq(word.creatorRoyalty(price), price * expected[Rules.CREATOR_ROYALTY] / 10_000, "creator");
        assertEq(word.authorRoyalty(price), price * expected[Rules.AUTHOR_ROYALTY] / 10_000, "author");
        assertEq(word.materialMargin(price), price * expected[Rules.MATERIAL_MARGIN] / 10_000, "margin");
        assertEq(word.toolWear(), expected[Rules.TOOL_WEAR], "wear");
        assertEq(
            word.recipeFeeToTreasury(price), price * expected[Rules.RECIPE_FEE_TREASURY_SHARE] / 10_000, "recipe fee"
        );
        assertEq(word.tradeMode(), expected[Rules.TRADE_MODE], "mode");
        assertEq(word.holdingPeriod(), expected[Rules.HOLDING_PERIOD], "holding");
        assertEq(word.settleCeiling(), expected[Rules.SETTLE_CEILING], "ceiling");
    }

    function testFuzz_NothingPassesAHardBound(uint8 rule, uint128 value) public {
        rule = uint8(bound(rule, 0, Rules.COUNT - 1));
        (uint128 min, uint128 max) = rules.bounds(rule);
        vm.assume(value < min || value > max);
        uint8[] memory one = new uint8[](1);
        uint128[] memory to = new uint128[](1);
        (one[0], to[0]) = (rule, value);
        vm.expectRevert(abi.encodeWithSelector(RuleBook.RuleOutOfBounds.selector, rule, value, min, max));
        rules.set(one, to);
    }

    function testFuzz_SharesOfARecipeFeeAreWhole(uint256 author, uint256 treasuryShare) public {
        uint8[] memory both = new uint8[](2);
        uint128[] memory to = new uint128[](2);
        (both[0], both[1]) = (Rules.RECIPE_FEE_AUTHOR_SHARE, Rules.RECIPE_FEE_TREASURY_SHARE);
        (to[0], to[1]) = (uint128(bound(author, 5_000, 10_000)), uint128(bound(treasuryShare, 0, 5_000)));
        if (to[0] + to[1] != 10_000) {
            vm.expectRevert(abi.encodeWithSelector(RuleBook.SplitNotWhole.selector, uint256(to[0]) + to[1]));
        }
        rules.set(both, to);
    }

    function _anything(uint256 seed) private view returns (uint128[] memory values) {
        values = new uint128[](Rules.COUNT);
        for (uint8 rule = 0; rule < Rules.COUNT; ++rule) {
            (uint128 min, uint128 max) = rules.bounds(rule);
            values[rule] = uint128(bound(uint256(keccak256(abi.encode(seed, rule))), min, max));
        }
        _mendSplit(Rules.RECIPE_FEE_AUTHOR_SHARE, values);
    }

    function _mendSplit(uint8 rule, uint128[] memory values) private pure {
        if (rule == Rules.RECIPE_FEE_AUTHOR_SHARE) {
            values[Rules.RECIPE_FEE_TREASURY_SHARE] = 10_000 - values[rule];
        } else {
            values[Rules.RECIPE_FEE_AUTHOR_SHARE] = 10_000 - values[Rules.RECIPE_FEE_TREASURY_SHARE];
        }
    }

    function _setAll(uint128[] memory values) private {
        uint8[] memory all = new uint8[](Rules.COUNT);
        for (uint8 rule = 0; rule < Rules.COUNT; ++rule) {
            all[rule] = rule;
        }
        rules.set(all, values);
    }
}
