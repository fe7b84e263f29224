// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ShareTree} from "../src/lib/ShareTree.sol";

/// @dev Trees of every size from 1 to 1,024. Each is the one before with one leaf more, so ten nodes change.
contract ShareTreeTest {
    uint256 private constant DEPTH = 10;
    uint256 private constant LARGEST = 1 << DEPTH;

    // By level and place, where there is a leaf below.
    mapping(uint256 level => mapping(uint256 place => bytes32)) private _nodes;

    // By level, where there is none.
    bytes32[DEPTH + 1] private _empty;

    function test_FindsEveryLastLeaf() public {
        _forEverySize(this.checkLeaf);
    }

    function test_RefusesInnerNodesAsLeaves() public {
        _forEverySize(this.checkInnerNodes);
    }

    function test_RefusesProofsOfOtherLengths() public {
        _forEverySize(this.checkLengths);
    }

    function test_RefusesRangesOfInnerNodes() public {
        _forEverySize(this.checkRanges);
    }

    function checkLeaf(uint256 size, uint256 depth) external view {
        bytes32 found = this.rootOf(_nodes[0][size - 1], size - 1, _proof(size - 1, 0, depth));
        require(found == _root(depth), "a leaf is not found");
    }

    /// @dev An inner node with the rest of its proof gives the node at the top, but under another depth.
    function checkInnerNodes(uint256 size, uint256 depth) external view {
        for (uint256 level = 1; level <= depth; ++level) {
            uint256 place = (size - 1) >> level;
            bytes32 found = this.rootOf(_nodes[level][place], place, _proof(place, level, depth));
            require(found != _root(depth), "an inner node passes as a leaf");
        }
    }

    /// @dev Nodes left out or added, in front or behind; a number that the shorter tree does not have is refused at once.
    function checkLengths(uint256 size, uint256 depth) external view {
        uint256 place = size - 1;
        bytes32[] memory proof = _proof(place, 0, depth);
        for (uint256 length = 0; length <= depth + 2; ++length) {
            if (length == depth) continue;
            _refuse(place, _resized(proof, length), depth);
        }
        if (depth != 0) _refuse(place >> 1, _proof(place >> 1, 1, depth), depth);
    }

    /// @dev Two neighbours of a level above the leaves, offered as two leaves.
    function checkRanges(uint256, uint256 depth) external view {
        for (uint256 level = 1; level < depth; ++level) {
            bytes32[] memory pair = new bytes32[](2);
            (pair[0], pair[1]) = (_node(level, 0), _node(level, 1));
            bytes32[] memory proof = new bytes32[](depth - level - 1);
            for (uint256 i = 0; i < proof.length; ++i) {
                proof[i] = _node(level + 1 + i, 1);
            }
            require(this.rootOfRange(pair, 0, depth - level, proof) != _root(depth), "inner nodes pass as leaves");
            try this.rootOfRange(pair, 0, depth, proof) returns (bytes32) {
                revert("a range's proof is too short");
            } catch {}
        }
    }

    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata proof) external pure returns (bytes32) {
        return ShareTree.rootOf(leaf, index, proof);
    }

    function rootOfRange(bytes32[] memory leaves, uint256 first, uint256 depth, bytes32[] calldata proof)
        external
        pure
        returns (bytes32)
    {
        return ShareTree.rootOfRange(leaves, first, depth, proof);
    }

    function _forEverySize(function(uint256, uint256) external view check) private {
        for (uint256 level = 0; level < DEPTH; ++level) {
            _empty[level + 1] = _parent(_empty[level], _empty[level]);
        }
        uint256 depth = 0;
        for (uint256 size = 1; size <= LARGEST; ++size) {
            if (size > 1 << depth) ++depth;
            _add(size - 1, depth);
            check(size, depth);
        }
    }

    function _add(uint256 place, uint256 depth) private {
        _nodes[0][place] = keccak256(abi.encode("leaf", place));
        for (uint256 level = 0; level < depth; ++level) {
            place >>= 1;
            _nodes[level + 1][place] = _parent(_node(level, 2 * place), _node(level, 2 * place + 1));
        }
    }

    function _refuse(uint256 place, bytes32[] memory proof, uint256 depth) private view {
        try this.rootOf(_nodes[0][place], place, proof) returns (bytes32 found) {
            require(found != _root(depth), "a proof of another length passes");
        } catch (bytes memory why) {
            require(bytes4(why) == ShareTree.NoSuchLeaf.selector, "refused for another reason");
        }
    }

    function _root(uint256 depth) private view returns (bytes32) {
        return _parent(bytes32(depth), _node(depth, 0));
    }

    /// @dev The proof of a node from its level up.
    function _proof(uint256 place, uint256 level, uint256 depth) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](depth - level);
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = _node(level + i, (place >> i) ^ 1);
        }
    }

    function _resized(bytes32[] memory proof, uint256 length) private pure returns (bytes32[] memory other) {
        other = new bytes32[](length);
        for (uint256 i = 0; i < length && i < proof.length; ++i) {
            other[i] = proof[i];
        }
    }

    function _node(uint256 level, uint256 place) private view returns (bytes32) {
        bytes32 known = _nodes[level][place];
        return known == 0 ? _empty[level] : known;
    }

    function _parent(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(abi.encode(left, right));
    }
}
