// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title WorkId
/// @notice A work's token id says who made it and from which recipe: `recipe (64) | creator (160) | serial (32)`.
/// @dev Recipe, creator and royalty receiver follow from the id and so cost no storage.
library WorkId {
    /// @notice The id of the `serial`th work that was ever made from `recipe`.
    function pack(uint64 recipe, address creator, uint32 serial) internal pure returns (uint256) {
        return (uint256(recipe) << 192) | (uint256(uint160(creator)) << 32) | serial;
    }

    /// @notice The recipe that `tokenId` was made from.
    function recipeOf(uint256 tokenId) internal pure returns (uint64) {
        return uint64(tokenId >> 192);
    }

    /// @notice The member who made `tokenId`.
    function creatorOf(uint256 tokenId) internal pure returns (address) {
        return address(uint160(tokenId >> 32));
    }
}
