// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev One recipient of a settlement in one word: the account in the upper 160 bits, units in the lower 96.
type Payee is uint256;

using Bill for Payee global;

/// @title Bill
/// @notice Who gets what of one payment, written down payee by payee.
/// @dev What Solidity does with `new Payee[](n)` (n zeroes, then n payees, then a cut to those who get something, then a
/// copy of all into the call) costs a sale some hundred gas more.
library Bill {
    // The selector of settle(address,uint256[]), which is what {Points-settle} is to the ABI.
    uint256 private constant SETTLE = 0xf77d8129;

    /// @notice `amount` units for `to`. More than 96 bits are as many as 96 bits hold, which nobody has.
    function payee(address to, uint256 amount) internal pure returns (Payee) {
        if (amount > type(uint96).max) amount = type(uint96).max;
        return Payee.wrap((uint256(uint160(to)) << 96) | amount);
    }

    /// @notice The account that gets it.
    function account(Payee one) internal pure returns (address) {
        return address(uint160(Payee.unwrap(one) >> 96));
    }

    /// @notice The units that it gets.
    function units(Payee one) internal pure returns (uint256) {
        return uint96(Payee.unwrap(one));
    }

    /// @notice An empty bill with room for `most` payees.
    function open(uint256 most) internal pure returns (Payee[] memory bill) {
        // Room for the call, a length of zero, then room; each payee is written before the length that covers it.
        assembly ("memory-safe") {
            bill := add(mload(0x40), 0x60)
            mstore(bill, 0)
            mstore(0x40, add(bill, shl(5, add(most, 1))))
        }
    }

    /// @notice Has `points` pay the bill from `payer`; reverts with what it reverts with. Only a bill that was opened here.
    /// @dev The call is written before the bill, where {open} left room. `points` is a contract: nobody looks.
    function settle(Payee[] memory bill, address points, address payer) internal {
        assembly ("memory-safe") {
            mstore(sub(bill, 0x60), SETTLE)
            mstore(sub(bill, 0x40), payer)
            mstore(sub(bill, 0x20), 0x40)
            if iszero(call(gas(), points, 0, sub(bill, 0x44), add(shl(5, mload(bill)), 0x64), 0, 0)) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    /// @notice Adds `amount` for `to`, unless that is nothing. The caller never adds more payees than there is room for.
    function add(Payee[] memory bill, address to, uint256 amount) internal pure {
        if (amount == 0) return;
        Payee one = payee(to, amount);
        assembly ("memory-safe") {
            let length := add(mload(bill), 1)
            mstore(add(bill, shl(5, length)), one)
            mstore(bill, length)
        }
    }

    /// @notice A bill of one payee.
    function single(address to, uint256 amount) internal pure returns (Payee[] memory bill) {
        bill = open(1);
        add(bill, to, amount);
    }
}
