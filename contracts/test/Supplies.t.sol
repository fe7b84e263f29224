// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Supplies} from "../src/Supplies.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

contract SuppliesTest is AtelierTest {
    uint256 private constant KINDS = 3;
    uint256 private constant STEPS = 24;

    uint256[KINDS] private _made;

    function setUp() public override {
        super.setUp();
        supplies.addModule(address(this));
        for (uint256 i = 0; i < KINDS; ++i) {
            supplies.defineSupply(Supplies.Kind(i % 2), members[i], uint88(i), 1_000, "Supply");
        }
    }

    function testFuzz_WhatWasMadeIsHeldOrUsedUp(uint256 seed) public {
        for (uint256 i = 0; i < KINDS; ++i) {
            _made[i] = 1_000;
        }
        for (uint256 step = 0; step < STEPS; ++step) {
            _moveSomething(uint256(keccak256(abi.encode(seed, step))));
            for (uint256 i = 0; i < KINDS; ++i) {
                assertEq(_held(i + 1), _made[i], "held");
            }
        }
    }

    function testFuzz_NobodyUsesWhatTheyDoNotHave(uint256 held, uint256 used) public {
        held = bound(held, 0, 1_000);
        used = bound(used, held + 1, type(uint256).max);
        if (held != 0) supplies.sell(members[4], _one(1), _one(held));
        try supplies.consume(members[4], _one(1), _one(used)) {
            revert("used what was not there");
        } catch {
            assertEq(supplies.balanceOf(members[4], 1), held, "held");
        }
    }

    function testFuzz_AConsumptionBurnsEveryInput(uint256[5] calldata amounts) public {
        uint256[] memory ids = new uint256[](5);
        uint256[] memory used = new uint256[](5);
        uint256[KINDS] memory expected;
        for (uint256 i = 0; i < 5; ++i) {
            ids[i] = 1 + i % KINDS;
            used[i] = bound(amounts[i], 0, 200);
            expected[ids[i] - 1] += used[i];
        }
        for (uint256 i = 0; i < KINDS; ++i) {
            supplies.sell(members[4], _one(i + 1), _one(500));
        }
        supplies.consume(members[4], ids, used);
        for (uint256 i = 0; i < KINDS; ++i) {
            assertEq(supplies.balanceOf(members[4], i + 1), 500 - expected[i], "left");
        }
    }

    function _moveSomething(uint256 any) private {
        uint256 kind = (any >> 8) % KINDS;
        uint256 id = kind + 1;
        address from = members[(any >> 16) % MEMBERS];
        address to = members[(any >> 24) % MEMBERS];
        uint256 amount = bound(any >> 32, 0, supplies.balanceOf(from, id));
        if (any % 4 == 0) {
            supplies.restock(id, any >> 240);
            _made[kind] += any >> 240;
        } else if (any % 4 == 1) {
            (, address supplier,) = supplies.supplyOf(id);
            supplies.sell(to, _one(id), _one(bound(any >> 32, 0, supplies.balanceOf(supplier, id))));
        } else if (any % 4 == 2) {
            supplies.consume(from, _one(id), _one(amount));
            _made[kind] -= amount;
        } else {
            vm.prank(from);
            supplies.safeTransferFrom(from, to, id, amount, "");
        }
    }

    function _held(uint256 id) private view returns (uint256 sum) {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            sum += supplies.balanceOf(members[i], id);
        }
    }

    function _one(uint256 value) private pure returns (uint256[] memory array) {
        array = new uint256[](1);
        array[0] = value;
    }
}
