// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProfitShare} from "../src/ProfitShare.sol";
import {Ratchet} from "../src/Ratchet.sol";
import {Seats} from "../src/Seats.sol";
import {Treasury} from "../src/Treasury.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

/// @dev Members hold nothing but what they were paid here, so what was paid is what they hold.
contract ProfitShareTest is AtelierTest {
    uint256 private constant STEPS = 24;
    uint256 private constant GIVEN = 10 ** 12;
    uint256 private constant DEPTH = 3;
    uint64 private constant SHARES = 3;

    ProfitShare private shares;

    // The leaves of a statement, and of the one before it.
    uint64[MEMBERS] private _totals;
    uint64[MEMBERS] private _fresh;

    // Of the statement that waits; they count once it does.
    uint64[MEMBERS] private _nextTotals;
    uint64[MEMBERS] private _nextFresh;

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

    function testFuzz_PaysNoMoreThanCameWithTheStatements(uint256 seed) public {
        for (uint256 step = 0; step < STEPS; ++step) {
            _doSomething(uint256(keccak256(abi.encode(seed, step))));
            _checkSums();
        }
    }

    function testFuzz_PaysAllOfAnHonestStatement(uint64[MEMBERS] calldata due, uint256 order) public {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            _nextFresh[i] = uint64(bound(due[i], 1, 10 ** 9));
            _nextTotals[i] = _nextFresh[i];
        }
        _publish(_sum());
        vm.warp(block.timestamp + 3 days);
        for (uint256 i = 0; i < MEMBERS; ++i) {
            _claim((i + order % MEMBERS) % MEMBERS);
        }
        for (uint256 i = 0; i < MEMBERS; ++i) {
            assertEq(points.balanceOf(members[i]), _totals[i], "paid");
        }
        assertEq(points.balanceOf(address(shares)), 0, "left over");
    }

    function _doSomething(uint256 any) private {
        uint256 what = any % 8;
        if (what == 0) {
            _state(any >> 8);
        } else if (what == 1) {
            vm.warp(block.timestamp + bound(any >> 8, 0, 4 days));
        } else if (what == 2) {
            try shares.hold() {} catch {}
        } else if (what == 3) {
            try shares.cancel() {
                _dropWaiting();
            } catch {}
        } else if (what == 4) {
            try shares.release() {} catch {}
        } else if (what == 5) {
            _push(bound(any >> 8, 0, MEMBERS - 1));
        } else {
            _claim(bound(any >> 8, 0, MEMBERS - 1));
        }
    }

    /// @dev A statement of anything, sometimes with less money than its leaves add up to.
    function _state(uint256 any) private {
        if (_waits()) return;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            _nextFresh[i] = uint64(bound(uint256(keccak256(abi.encode(any, i))), 0, 10 ** 9));
            _nextTotals[i] = _totals[i] + _nextFresh[i];
        }
        uint256 least = _currentTotal();
        uint256 sum = _sum();
        _publish(any % 3 == 0 && sum > least ? bound(any >> 8, least, sum) : sum);
    }

    function _publish(uint256 total) private {
        (bytes32 expected,,,,) = shares.current();
        bytes32 root = keccak256(abi.encode(DEPTH, _node(0, DEPTH)));
        try shares.publish(++_epoch, root, uint64(total), expected, bytes32("statement")) {}
        catch {
            _dropWaiting();
        }
    }

    function _claim(uint256 i) private {
        _follow();
        ProfitShare.Share memory share;
        (share.index, share.account, share.total, share.fresh) = (i, members[i], _totals[i], _fresh[i]);
        share.proof = new bytes32[](DEPTH);
        for (uint256 level = 0; level < DEPTH; ++level) {
            share.proof[level] = _current((i >> level) ^ 1, level);
        }
        try shares.claim(share) {} catch {}
    }

    /// @dev All leaves from `first` on, so that nothing stands to the right of them.
    function _push(uint256 first) private {
        _follow();
        uint256[] memory packed = new uint256[](MEMBERS - first);
        for (uint256 i = first; i < MEMBERS; ++i) {
            packed[i - first] = (uint256(uint160(members[i])) << 96) | (uint256(_totals[i]) << 48) | _fresh[i];
        }
        bytes32[] memory proof = new bytes32[](2 * DEPTH);
        uint256 used = 0;
        (uint256 low, uint256 high) = (first, MEMBERS - 1);
        for (uint256 level = 0; level < DEPTH; ++level) {
            if (low % 2 == 1) proof[used++] = _current(low - 1, level);
            if (high % 2 == 0) proof[used++] = _current(high + 1, level);
            (low, high) = (low / 2, high / 2);
        }
        assembly ("memory-safe") {
            mstore(proof, used)
        }
        try shares.push(first, DEPTH, packed, proof) {} catch {}
    }

    /// @dev The leaves that count are those that waited, once the contract says so.
    function _follow() private {
        (,,,, uint16 number) = shares.current();
        if (number == _number) return;
        _number = number;
        (_totals, _fresh) = (_nextTotals, _nextFresh);
    }

    function _dropWaiting() private {
        (_nextTotals, _nextFresh) = (_totals, _fresh);
    }

    function _waits() private returns (bool) {
        _follow();
        (bytes32 root,,,,,) = shares.waiting();
        return root != 0;
    }

    function _currentTotal() private view returns (uint256 total) {
        (, total,,,) = shares.current();
    }

    function _sum() private view returns (uint256 sum) {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            sum += _nextTotals[i];
        }
    }

    function _node(uint256 place, uint256 level) private view returns (bytes32) {
        return _nodeOf(place, level, _nextTotals, _nextFresh);
    }

    function _current(uint256 place, uint256 level) private view returns (bytes32) {
        return _nodeOf(place, level, _totals, _fresh);
    }

    function _nodeOf(uint256 place, uint256 level, uint64[MEMBERS] memory totals, uint64[MEMBERS] memory fresh)
        private
        view
        returns (bytes32)
    {
        if (level == 0) {
            return place < MEMBERS ? shares.leafOf(place, members[place], totals[place], fresh[place]) : bytes32(0);
        }
        bytes32 left = _nodeOf(2 * place, level - 1, totals, fresh);
        return keccak256(abi.encode(left, _nodeOf(2 * place + 1, level - 1, totals, fresh)));
    }

    function _checkSums() private view {
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
}
