// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding} from "../../src/lib/Funding.sol";

/// @title FundingProof
/// @notice What {ProfitShare} does with money, for the solver: what is paid never exceeds what came with the statements
/// that count, and all that came and was not paid is still there.
/// @dev By induction: {beginning} has it, and whatever a call does keeps it, whatever the sums and whatever was before.
/// Each function stands for what {ProfitShare} does where it calls the same function of {Funding}. Leaves, proofs, marks
/// and who may call are left out: here anyone may do anything with any sum.
///
/// `total` and `waiting` are the sums of all shares so far of the statement that counts and of the one that waits (the
/// same, if none does), `paid` is what is written down as paid, `here` the points that are here, `claimed` those that ever
/// left for accounts.
contract FundingProof {
    function beginning() external pure {
        assert(_holds(0, 0, 0, 0, 0));
    }

    function promises(uint64 total, uint64 waiting, uint64 paid, uint256 here, uint256 claimed) external pure {
        require(_holds(total, waiting, paid, here, claimed));
        assert(claimed <= total);
        assert(here + claimed == waiting);
    }

    function publish(uint64 total, uint64 waiting, uint64 paid, uint256 here, uint256 claimed, uint64 sum)
        external
        pure
    {
        require(_holds(total, waiting, paid, here, claimed) && waiting == total);
        here += Funding.added(sum, total);
        assert(_holds(total, sum, paid, here, claimed));
    }

    function cancel(uint64 total, uint64 waiting, uint64 paid, uint256 here, uint256 claimed) external pure {
        require(_holds(total, waiting, paid, here, claimed));
        // Neither may fail: a vote can end a statement whatever was paid since.
        assert(total <= waiting);
        uint64 funding = Funding.added(waiting, total);
        assert(funding <= here);
        assert(_holds(total, total, paid, here - funding, claimed));
    }

    function advance(uint64 total, uint64 waiting, uint64 paid, uint256 here, uint256 claimed) external pure {
        require(_holds(total, waiting, paid, here, claimed));
        assert(_holds(waiting, waiting, paid, here, claimed));
    }

    function pay(uint64 total, uint64 waiting, uint64 paid, uint256 here, uint256 claimed, uint256 sum) external pure {
        require(_holds(total, waiting, paid, here, claimed));
        uint256 then = Funding.pay(total, paid, sum);
        // It is there, also what waits or is held.
        assert(sum <= here);
        assert(_holds(total, waiting, then, here - sum, claimed + sum));
    }

    function _holds(uint64 total, uint64 waiting, uint256 paid, uint256 here, uint256 claimed)
        private
        pure
        returns (bool)
    {
        return claimed == paid && paid <= total && total <= waiting && here == waiting - paid;
    }
}
