// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";
import {Points} from "./Points.sol";

/// @title Treasury
/// @notice Holds every share that the platform takes. Market and Workshop settle to it directly, their events say what
/// for; whoever else pays in says so here.
/// @dev Nothing leaves it yet.
contract Treasury is Administered {
    /// @notice The highest kind: 1 trading fee, 2 material margin, 3 tool wear, 4 recipe fee, 5 other.
    uint8 public constant LAST_KIND = 5;

    Points private immutable _points;

    /// @notice `from` paid in `amount` units of income `kind` for `ref`.
    event Collected(uint8 indexed kind, address indexed from, uint256 amount, bytes32 indexed ref);

    /// @notice There is no income of this `kind`.
    error UnknownKind(uint8 kind);

    /// @notice The amount is zero.
    error NothingToCollect();

    /// @param authority who will administer spending
    /// @param forwarder whose requests carry their sender
    /// @param points what is held
    constructor(address authority, address forwarder, Points points) Administered(authority, forwarder) {
        _points = points;
    }

    /// @notice Takes `amount` units from the sender as income of `kind`, for `ref` (the payer's own reference).
    /// @dev Reverts with {UnknownKind}, {NothingToCollect} or what {Points-settle} reverts with.
    function collect(uint8 kind, uint256 amount, bytes32 ref) external {
        if (kind == 0 || kind > LAST_KIND) revert UnknownKind(kind);
        if (amount == 0) revert NothingToCollect();
        address from = _msgSender();
        Points.Payee[] memory payees = new Points.Payee[](1);
        payees[0] = Points.Payee(address(this), amount);
        _points.settle(from, payees);
        emit Collected(kind, from, amount, ref);
    }
}
