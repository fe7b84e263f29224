// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ShareTree
/// @notice A Merkle tree over numbered leaves, filled up with zeros to a power of two. A leaf's number says on which side
/// it stands at every level, and the root is hashed with the tree's depth: a proof fits one leaf at one place only.
library ShareTree {
    /// @notice The proof has another number of nodes than the range asks for.
    error ProofLength(uint256 length, uint256 expected);

    /// @notice The tree has no leaf of this number.
    error NoSuchLeaf(uint256 index);

    /// @notice The root of the tree in which `leaf` has number `index` and this `proof`, from its sibling upwards.
    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata proof) internal pure returns (bytes32 root) {
        uint256 depth = proof.length;
        if (index >> depth != 0) revert NoSuchLeaf(index);
        assembly ("memory-safe") {
            let at := proof.offset
            for { let end := add(at, shl(5, depth)) } lt(at, end) { at := add(at, 0x20) } {
                // The node goes to the right half of 64 bytes where its number is odd, its sibling to the other.
                let side := shl(5, and(index, 1))
                mstore(side, leaf)
                mstore(xor(side, 0x20), calldataload(at))
                leaf := keccak256(0x00, 0x40)
                index := shr(1, index)
            }
            root := leaf
        }
        return _withDepth(root, depth);
    }

    /// @notice The root of the tree in which neighbouring leaves begin with number `first`. The proof holds, from the
    /// leaves upwards, the node left of the range where its first node is a right child, then the node right of it where
    /// its last is a left.
    /// @dev Overwrites `nodes`.
    function rootOfRange(bytes32[] memory nodes, uint256 first, uint256 depth, bytes32[] calldata proof)
        internal
        pure
        returns (bytes32)
    {
        uint256 count = nodes.length;
        if (count == 0 || (first + count - 1) >> depth != 0) revert NoSuchLeaf(first + count);
        uint256 used = 0;
        for (uint256 level = 0; level < depth; ++level) {
            uint256 read = 0;
            uint256 written = 0;
            uint256 last = first + count - 1;
            if (first & 1 == 1) {
                if (used == proof.length) revert ProofLength(proof.length, used + 1);
                nodes[written++] = _parent(proof[used++], nodes[read++]);
            }
            uint256 pairs = (count - read) >> 1;
            _pairUp(nodes, read, written, pairs);
            written += pairs;
            if (last & 1 == 0) {
                if (used == proof.length) revert ProofLength(proof.length, used + 1);
                nodes[written++] = _parent(nodes[count - 1], proof[used++]);
            }
            first >>= 1;
            count = written;
        }
        if (used != proof.length) revert ProofLength(proof.length, used);
        return _withDepth(nodes[0], depth);
    }

    /// @dev Writes the parents of `pairs` pairs, the first of which begins at `read`, from `written` on.
    function _pairUp(bytes32[] memory nodes, uint256 read, uint256 written, uint256 pairs) private pure {
        assembly ("memory-safe") {
            let from := add(add(nodes, 0x20), shl(5, read))
            let to := add(add(nodes, 0x20), shl(5, written))
            for { let end := add(to, shl(5, pairs)) } lt(to, end) { to := add(to, 0x20) } {
                mstore(to, keccak256(from, 0x40))
                from := add(from, 0x40)
            }
        }
    }

    function _parent(bytes32 left, bytes32 right) private pure returns (bytes32 node) {
        assembly ("memory-safe") {
            mstore(0x00, left)
            mstore(0x20, right)
            node := keccak256(0x00, 0x40)
        }
    }

    function _withDepth(bytes32 node, uint256 depth) private pure returns (bytes32) {
        return _parent(bytes32(depth), node);
    }
}
