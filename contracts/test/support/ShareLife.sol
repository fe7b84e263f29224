// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProfitShare} from "../../src/ProfitShare.sol";
import {Ratchet} from "../../src/Ratchet.sol";
import {Seats} from "../../src/Seats.sol";
import {Treasury} from "../../src/Treasury.sol";
import {AtelierTest} from "./AtelierTest.sol";

/// @notice Whatever can happen to statements and shares, each as a call with any number; what the contract refuses, it
/// refuses. Statements may lie: name less money than their leaves add up to, or something new that is not.
/// @dev Members hold nothing but what they were paid here, so what was paid is what they hold.
contract ShareLife is AtelierTest {
    /// @notice What a statement says of each member.
    struct Leaves {
        uint64[MEMBERS] totals;
        uint64[MEMBERS] fresh;
    }

    uint256 private constant GIVEN = 10 ** 12;
    uint256 private constant DEPTH = 3;
    uint64 private constant SHARES = 3;

    ProfitShare private shares;

    mapping(uint16 number => Leaves) private _counted;

    // Of the statement that waits; they count once it does.
    Leaves private _next;

    uint16 private _number;

    uint32 private _epoch;

    function setUp() public override {
        super.setUp();
        openLimits();
        Seats seats =
            Seats(deploy(compiled("Seats"), abi.encode(manager, forwarder, rules, this, "https://atelier.test/seats/")));
        Ratchet ratchet =
            Ratchet(deploy(compiled("Ratchet"), abi.encode(manager, forwarder, address(0), this, uint48(365 days))));
        shares = ProfitShare(
            deploy(
                compiled("ProfitShare"), abi.encode(manager, forwarder, points, rules, treasury, seats, ratchet)
            )
        );
        points.addModule(address(shares));
        bytes4[] memory fund = new bytes4[](1);
        fund[0] = Treasury.fund.selector;
        manager.setTargetFunctionRole(address(treasury), fund, SHARES);
        manager.grantRole(SHARES, address(shares), 0);
        give(address(treasury), GIVEN);
    }

    /// @notice A statement of the next epoch with anything in it.
    function publish(uint256 any) external {
        _follow();
        (bytes32 waiting,,,,,) = shares.waiting();
        if (waiting != 0) return;
        bool lies = any % 5 == 0;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            uint64 fresh = uint64(bound(uint256(keccak256(abi.encode(any, i))), 0, 10 ** 9));
            _next.fresh[i] = fresh;
            _next.totals[i] = _counted[_number].totals[i] + (lies ? fresh / 3 : fresh);
        }
        (, uint64 least,,,) = shares.current();
        uint256 sum = _sum(_next);
        _publish(any % 3 == 0 && sum > least ? bound(any >> 8, least, sum) : sum);
    }

    /// @notice A statement in which everybody is due something for the first time; its money comes with it.
    function publishHonestly(uint64[MEMBERS] calldata due) external {
        _next = Leaves(due, due);
        _publish(_sum(_next));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 0, 4 days));
    }

    function hold() external {
        try shares.hold() {} catch {}
    }

    function release() external {
        try shares.release() {} catch {}
    }

    function cancel() external {
        try shares.cancel() {} catch {}
    }

    function claim(uint256 which) external {
        _follow();
        try shares.claim(_share(which % MEMBERS, _number)) {} catch {}
    }

    function claimSince(uint256 which) external {
        _follow();
        uint256 i = which % MEMBERS;
        ProfitShare.Share memory before = _share(i, shares.paidThrough(i));
        try shares.claimSince(_share(i, _number), before) {} catch {}
    }

    /// @notice Claims of any members, sometimes of one twice.
    function claimMany(uint256 which) external {
        _follow();
        ProfitShare.Share[] memory some = new ProfitShare.Share[](1 + which % MEMBERS);
        for (uint256 i = 0; i < some.length; ++i) {
            some[i] = _share((which >> (8 + 8 * i)) % MEMBERS, _number);
        }
        try shares.claimMany(some) {} catch {}
    }

    /// @notice Pushes to neighbours: all from any one on, so that nothing stands to the right of them.
    function push(uint256 from) external {
        _follow();
        uint256 first = from % MEMBERS;
        Leaves memory leaves = _counted[_number];
        uint256[] memory packed = new uint256[](MEMBERS - first);
        for (uint256 i = first; i < MEMBERS; ++i) {
            packed[i - first] = (uint256(uint160(members[i])) << 96) | (uint256(leaves.totals[i]) << 48) | leaves.fresh[i];
        }
        try shares.push(first, DEPTH, packed, _rangeProof(leaves, first)) {} catch {}
    }

    /// @notice Nobody has more than came with the statements that count, and what came and was not paid is still there.
    function checkSums() external view {
        (, uint64 total, uint64 paid,,) = shares.current();
        (, uint64 waiting,,,,) = shares.waiting();
        uint256 held = 0;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            held += points.balanceOf(members[i]);
        }
        assertEq(held, paid, "paid");
        require(paid <= total, "more than came with the statements");
        uint256 funded = waiting > total ? waiting : total;
        assertEq(points.balanceOf(address(shares)), funded - paid, "not yet paid");
        assertEq(points.balanceOf(address(treasury)), GIVEN - funded, "treasury");
    }

    /// @notice Everybody has all that the statements say of them.
    function checkAllPaid() external {
        _follow();
        for (uint256 i = 0; i < MEMBERS; ++i) {
            assertEq(points.balanceOf(members[i]), _counted[_number].totals[i], "paid");
        }
        assertEq(points.balanceOf(address(shares)), 0, "left over");
    }

    function _publish(uint256 total) private {
        (bytes32 expected,,,,) = shares.current();
        bytes32 root = keccak256(abi.encode(DEPTH, _node(_next, 0, DEPTH)));
        try shares.publish(++_epoch, root, uint64(total), expected, bytes32("statement")) {} catch {}
    }

    /// @dev The leaves that count are those that waited, once the contract says so.
    function _follow() private {
        (,,,, uint16 number) = shares.current();
        if (number == _number) return;
        _number = number;
        _counted[number] = _next;
    }

    function _share(uint256 i, uint16 number) private view returns (ProfitShare.Share memory share) {
        Leaves memory leaves = _counted[number];
        (share.index, share.account) = (i, members[i]);
        (share.total, share.fresh) = (leaves.totals[i], leaves.fresh[i]);
        share.proof = new bytes32[](DEPTH);
        for (uint256 level = 0; level < DEPTH; ++level) {
            share.proof[level] = _node(leaves, (i >> level) ^ 1, level);
        }
    }

    function _rangeProof(Leaves memory leaves, uint256 low) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](2 * DEPTH);
        uint256 used = 0;
        uint256 high = MEMBERS - 1;
        for (uint256 level = 0; level < DEPTH; ++level) {
            if (low % 2 == 1) proof[used++] = _node(leaves, low - 1, level);
            if (high % 2 == 0) proof[used++] = _node(leaves, high + 1, level);
            (low, high) = (low / 2, high / 2);
        }
        assembly ("memory-safe") {
            mstore(proof, used)
        }
    }

    function _node(Leaves memory leaves, uint256 place, uint256 level) private view returns (bytes32) {
        if (level != 0) {
            bytes32 left = _node(leaves, 2 * place, level - 1);
            return keccak256(abi.encode(left, _node(leaves, 2 * place + 1, level - 1)));
        }
        return place < MEMBERS
            ? shares.leafOf(place, members[place], leaves.totals[place], leaves.fresh[place])
            : bytes32(0);
    }

    function _sum(Leaves memory leaves) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            sum += leaves.totals[i];
        }
    }
}
