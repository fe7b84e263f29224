// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Funding
/// @notice What statements bring and what is paid of it, in units. Two sums that only grow: `total`, of all shares so far,
/// for which the money came with the statements, and `paid`, what left of it.
/// @dev All of {ProfitShare}'s arithmetic with money. The solver proves that what is paid never exceeds what came
/// (test/proof/FundingProof.sol); it understands `require` with an error, and no `revert` with one.
library Funding {
    /// @notice The sum of all shares so far was `before` and cannot be `total`.
    error TotalShrinks(uint64 total, uint64 before);

    /// @notice More would be paid than came with the statements.
    error PaidOut(uint256 wanted, uint256 left);

    /// @notice What `total` is more than `before`: what a statement brings, what one that ends takes back, what an account
    /// is due since.
    function added(uint64 total, uint64 before) internal pure returns (uint64) {
        require(total >= before, TotalShrinks(total, before));
        return total - before;
    }

    /// @notice What is paid of `total` after `sum` more: never more than `total`.
    function pay(uint64 total, uint64 paid, uint256 sum) internal pure returns (uint256) {
        uint256 left = total - paid;
        require(sum <= left, PaidOut(sum, left));
        return paid + sum;
    }
}
