// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What the test runner offers beyond the chain, as far as these tests use it.
interface Vm {
    function addr(uint256 key) external returns (address);
    function assume(bool condition) external;
    function chainId(uint256 id) external;
    function expectRevert(bytes calldata error) external;
    function parseJsonBytes(string calldata json, string calldata key) external returns (bytes memory);
    function prank(address sender) external;
    function readFile(string calldata path) external returns (string memory);
    function sign(uint256 key, bytes32 digest) external returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 time) external;
}
