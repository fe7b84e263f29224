// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Points} from "../Points.sol";

/// @title Bill
/// @notice Who gets what of one payment, written down payee by payee.
/// @dev What Solidity does with `new Payee[](n)` (n zeroed structs, then n written ones, then a cut to those who get
/// something) costs a sale about a thousand gas more.
library Bill {
    /// @notice An empty bill with room for `most` payees.
    function open(uint256 most) internal pure returns (Points.Payee[] memory bill) {
        // A length of zero, then room for the pointers; each is written before the length that covers it.
        assembly ("memory-safe") {
            bill := mload(0x40)
            mstore(bill, 0)
            mstore(0x40, add(bill, shl(5, add(most, 1))))
        }
    }

    /// @notice Adds `amount` for `to`, unless that is nothing. The caller never adds more payees than there is room for.
    function add(Points.Payee[] memory bill, address to, uint256 amount) internal pure {
        if (amount == 0) return;
        // A new struct at the free pointer, its address behind the last one's, and the length that covers it.
        assembly ("memory-safe") {
            let payee := mload(0x40)
            mstore(payee, and(to, 0xffffffffffffffffffffffffffffffffffffffff))
            mstore(add(payee, 0x20), amount)
            mstore(0x40, add(payee, 0x40))
            let length := add(mload(bill), 1)
            mstore(add(bill, shl(5, length)), payee)
            mstore(bill, length)
        }
    }
}
