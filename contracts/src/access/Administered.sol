// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";

/// @title Administered
/// @notice Whatever people act on: one table says who may administer it, and members may act by a signed request.
/// @dev `restricted` reads the sender through {ERC2771Context}, so an admin member needs no gas either. Never combine
/// with a Multicall: a delegated call would keep the forwarder as sender and let the caller write its own suffix.
abstract contract Administered is AccessManaged, ERC2771Context {
    /// @param authority_ the AccessManager that answers who may call `restricted` functions
    /// @param forwarder_ the ERC2771Forwarder whose last 20 bytes of calldata name the sender
    constructor(address authority_, address forwarder_) AccessManaged(authority_) ERC2771Context(forwarder_) {}

    /// @inheritdoc ERC2771Context
    function _msgSender() internal view virtual override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    /// @inheritdoc ERC2771Context
    function _msgData() internal view virtual override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    /// @inheritdoc ERC2771Context
    function _contextSuffixLength() internal view virtual override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
