// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bill, Payee} from "../src/lib/Bill.sol";
import {Rules} from "../src/lib/Rules.sol";
import {Points} from "../src/Points.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

contract PointsTest is AtelierTest {
    using Bill for Payee[];

    uint256 private constant STEPS = 24;

    function testFuzz_SupplyIsTheSumOfBalances(uint256 seed) public {
        openLimits();
        for (uint256 step = 0; step < STEPS; ++step) {
            _moveSomething(uint256(keccak256(abi.encode(seed, step))));
            assertEq(_sumOfBalances(), points.totalSupply(), "sum of balances");
        }
    }

    function testFuzz_NoEpochIssuesMoreThanItsBudget(uint256 seed, uint256 budget, uint256 length) public {
        budget = bound(budget, 1, 10 ** 15);
        length = bound(length, 60, 366 days);
        setRule(Rules.ISSUANCE_BUDGET, budget);
        setRule(Rules.EPOCH_LENGTH, length);
        uint256 epoch = points.epoch();
        uint256 issued = 0;
        for (uint256 step = 0; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 4 == 0) vm.warp(block.timestamp + bound(seed >> 8, 0, length));
            if (points.epoch() != epoch) (epoch, issued) = (points.epoch(), 0);
            issued += _tryIssue(bound(seed >> 16, 1, budget));
            require(issued <= budget, "more than the budget");
            assertEq(points.issuedInEpoch(), issued, "issued");
            assertEq(points.issuanceLeft(), budget - issued, "left");
        }
    }

    function testFuzz_SettlementMovesExactlyItsSum(uint96[8] calldata amounts, uint256 payers) public {
        openLimits();
        points.addModule(address(this));
        Payee[] memory payees = Bill.open(8);
        uint256 total = 0;
        for (uint256 i = 0; i < 8; ++i) {
            uint256 amount = bound(amounts[i], 0, 10 ** 14);
            payees.add(members[i % MEMBERS], amount);
            total += amount;
        }
        address payer = members[bound(payers, 0, 4)];
        give(payer, total);
        give(members[0], 1);
        uint256 supply = points.totalSupply();
        points.settle(payer, payees);
        assertEq(points.totalSupply(), supply, "supply");
        assertEq(_sumOfBalances(), supply, "sum of balances");
    }

    function testFuzz_NoSettlementPassesTheCeiling(uint256 ceiling, uint256 amount) public {
        openLimits();
        points.addModule(address(this));
        ceiling = bound(ceiling, 1, 10 ** 15 - 1);
        amount = bound(amount, ceiling + 1, 10 ** 15);
        setRule(Rules.SETTLE_CEILING, ceiling);
        give(members[0], amount);
        Payee[] memory payees = Bill.open(2);
        payees.add(members[1], amount - ceiling);
        payees.add(members[2], ceiling);
        vm.expectRevert(abi.encodeWithSelector(Points.SettleCeilingExceeded.selector, amount, ceiling));
        points.settle(members[0], payees);
    }

    function _moveSomething(uint256 any) private {
        address from = members[(any >> 8) % MEMBERS];
        address to = members[(any >> 16) % MEMBERS];
        uint256 amount = bound(any >> 24, 0, points.balanceOf(from));
        if (any % 3 == 0) {
            give(to, bound(any >> 24, 0, 10 ** 12));
        } else if (any % 3 == 1) {
            vm.prank(from);
            points.transfer(to, amount);
        } else if (amount != 0) {
            vm.prank(from);
            treasury.collect(5, amount, bytes32(any));
        }
    }

    function _tryIssue(uint256 amount) private returns (uint256) {
        try points.mint(members[0], amount) {
            return amount;
        } catch (bytes memory error) {
            require(isError(error, Points.IssuanceBudgetExceeded.selector), "another error");
            require(amount > points.issuanceLeft(), "refused though it was left");
            return 0;
        }
    }

    function _sumOfBalances() private view returns (uint256 sum) {
        sum = points.balanceOf(address(treasury));
        for (uint256 i = 0; i < MEMBERS; ++i) {
            sum += points.balanceOf(members[i]);
        }
    }
}
