// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";

/// @title Directory
/// @notice The one address from which all our contracts are found: an append-only list with kind, first and last block.
/// @dev A kind is its ASCII name, padded with zeros on the right, such as "Market".
contract Directory is Administered {
    /// @notice One contract; `lastBlock` is 0 while it is in use. Its events lie between the two blocks.
    struct Entry {
        bytes32 kind;
        address at;
        uint64 firstBlock;
        uint64 lastBlock;
    }

    Entry[] private _entries;

    mapping(address at => uint256 place) private _placeOf;

    /// @notice `at` is in use as `kind`; it was deployed in `firstBlock`.
    event Listed(bytes32 indexed kind, address indexed at, uint64 firstBlock);

    /// @notice `at` is no longer in use after `lastBlock`.
    event Delisted(bytes32 indexed kind, address indexed at, uint64 lastBlock);

    /// @notice The community says `text`, and nothing else happens.
    event Noted(string text);

    /// @notice `at` was listed before; an address is listed once.
    error AlreadyListed(address at);

    /// @notice `at` is not listed, or retired already.
    error NotListed(address at);

    /// @param authority who may list and retire
    /// @param forwarder whose requests carry their sender
    constructor(address authority, address forwarder) Administered(authority, forwarder) {}

    /// @notice Lists `at`, deployed in `firstBlock`, as the current contract of `kind`.
    function add(bytes32 kind, address at, uint64 firstBlock) external restricted {
        if (_placeOf[at] != 0) revert AlreadyListed(at);
        _entries.push(Entry(kind, at, firstBlock, 0));
        _placeOf[at] = _entries.length;
        emit Listed(kind, at, firstBlock);
    }

    /// @notice Ends the use of `at` with this block; it stays on the list.
    function retire(address at) external restricted {
        uint256 place = _placeOf[at];
        if (place == 0 || _entries[place - 1].lastBlock != 0) revert NotListed(at);
        Entry storage entry = _entries[place - 1];
        entry.lastBlock = uint64(block.number);
        emit Delisted(entry.kind, at, entry.lastBlock);
    }

    /// @notice Says `text` in the community's name: what a vote on nothing but words executes.
    function note(string calldata text) external restricted {
        emit Noted(text);
    }

    /// @notice Whether `at` is listed and in use.
    function isCurrent(address at) external view returns (bool) {
        uint256 place = _placeOf[at];
        return place != 0 && _entries[place - 1].lastBlock == 0;
    }

    /// @notice All contracts that were ever listed, in that order.
    function entries() external view returns (Entry[] memory) {
        return _entries;
    }

    /// @notice The contract of `kind` that was listed last and is in use; zero if there is none.
    function current(bytes32 kind) external view returns (address) {
        for (uint256 i = _entries.length; i > 0; --i) {
            Entry storage entry = _entries[i - 1];
            if (entry.kind == kind && entry.lastBlock == 0) return entry.at;
        }
        return address(0);
    }
}
