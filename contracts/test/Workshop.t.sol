// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {WorkId} from "../src/lib/WorkId.sol";
import {Rules} from "../src/lib/Rules.sol";
import {Supplies} from "../src/Supplies.sol";
import {Workshop} from "../src/Workshop.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

contract WorkshopTest is AtelierTest {
    uint256 private constant MAKER = 0;
    uint256 private constant AUTHOR = 1;
    uint256 private constant SUPPLIER = 2;

    function setUp() public override {
        super.setUp();
        openLimits();
        for (uint256 i = 0; i < 8; ++i) {
            supplies.defineSupply(Supplies.Kind(i % 2), members[SUPPLIER], uint88(11 * i), type(uint64).max, "Supply");
        }
    }

    function testFuzz_ARecipeKeepsItsInputs(uint32[8] calldata amounts, uint256 length, uint256 first) public {
        Workshop.Input[] memory inputs = _inputs(amounts, length, first, type(uint32).max);
        uint64 recipe = _approved(7, inputs);
        (,,,, Workshop.Input[] memory kept) = workshop.recipeOf(recipe);
        assertEq(kept.length, inputs.length, "length");
        for (uint256 i = 0; i < inputs.length; ++i) {
            assertEq(kept[i].supplyId, inputs[i].supplyId, "supply");
            assertEq(kept[i].amount, inputs[i].amount, "amount");
        }
    }

    function testFuzz_AMakingCostsItsQuoteAndPaysItOut(
        uint32[8] calldata amounts,
        uint256 length,
        uint256 held,
        uint256 fee,
        uint256 margin,
        uint256 wear
    ) public {
        setRule(Rules.MATERIAL_MARGIN, bound(margin, 0, 5_000));
        setRule(Rules.TOOL_WEAR, bound(wear, 0, 10_000));
        uint64 recipe = _approved(bound(fee, 0, 10 ** 9), _inputs(amounts, length, 0, 1_000));
        _holdSome(recipe, held);
        (,,,,,, uint256 total) = workshop.quote(members[MAKER], recipe);
        give(members[MAKER], total);
        uint256 supply = points.totalSupply();

        vm.prank(members[MAKER]);
        uint256 tokenId = workshop.buyAndCraft(recipe, bytes32("picture"), new uint256[](0), total);

        assertEq(points.balanceOf(members[MAKER]), 0, "left");
        assertEq(points.totalSupply(), supply, "supply");
        uint256 paid = points.balanceOf(members[AUTHOR]) + points.balanceOf(members[SUPPLIER])
            + points.balanceOf(address(treasury));
        assertEq(paid, supply, "paid out");
        require(tokenId == WorkId.pack(recipe, members[MAKER], 1), "another work");
    }

    function testFuzz_AMakingUsesUpWhatTheRecipeSays(uint32[8] calldata amounts, uint256 length, uint256 more) public {
        Workshop.Input[] memory inputs = _inputs(amounts, length, 3, 1_000);
        uint64 recipe = _approved(0, inputs);
        more = bound(more, 0, 1_000);
        give(members[MAKER], 10 ** 14);
        for (uint256 i = 0; i < inputs.length; ++i) {
            _buy(inputs[i].supplyId, inputs[i].amount + more);
        }
        craft(members[MAKER], recipe);
        for (uint256 i = 0; i < inputs.length; ++i) {
            assertEq(supplies.balanceOf(members[MAKER], inputs[i].supplyId), more, "left");
        }
    }

    function testFuzz_ATokenIdNamesRecipeAndCreator(uint64 recipe, address creator, uint32 serial) public pure {
        uint256 tokenId = WorkId.pack(recipe, creator, serial);
        require(WorkId.recipeOf(tokenId) == recipe, "recipe");
        require(WorkId.creatorOf(tokenId) == creator, "creator");
        require(uint32(tokenId) == serial, "serial");
    }

    function _holdSome(uint64 recipe, uint256 held) private {
        (,,,, Workshop.Input[] memory inputs) = workshop.recipeOf(recipe);
        for (uint256 i = 0; i < inputs.length; ++i) {
            uint256 amount = (held >> (8 * i)) % 256;
            if (amount == 0) continue;
            vm.prank(members[SUPPLIER]);
            supplies.safeTransferFrom(members[SUPPLIER], members[MAKER], inputs[i].supplyId, amount, "");
        }
    }

    function _buy(uint256 id, uint256 amount) private {
        if (amount == 0) return;
        uint256[] memory ids = new uint256[](1);
        uint256[] memory amounts = new uint256[](1);
        (ids[0], amounts[0]) = (id, amount);
        vm.prank(members[MAKER]);
        workshop.buy(ids, amounts, type(uint256).max);
    }

    function _approved(uint256 fee, Workshop.Input[] memory inputs) private returns (uint64 recipe) {
        vm.prank(members[AUTHOR]);
        recipe = workshop.propose(uint96(fee), inputs, bytes32("definition"), 0);
        workshop.approve(recipe);
    }

    function _inputs(uint32[8] calldata amounts, uint256 length, uint256 first, uint256 most)
        private
        pure
        returns (Workshop.Input[] memory inputs)
    {
        inputs = new Workshop.Input[](bound(length, 0, 8));
        for (uint256 i = 0; i < inputs.length; ++i) {
            inputs[i] = Workshop.Input(uint32(1 + (first % 8 + i) % 8), uint32(bound(amounts[i], 1, most)));
        }
    }
}
