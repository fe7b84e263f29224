// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The rules that a sale, a craft or a transfer needs, as they lie in one storage word of the {RuleBook}: one read
/// and no decoding where ten values would be copied and checked one by one.
type TradeRules is uint256;

using Rules for TradeRules global;

/// @title Rules
/// @notice Every rule's number, and where its value lies in the {RuleBook}'s two words.
library Rules {
    /// @notice Share of a price that the treasury takes, in basis points.
    uint8 internal constant TRADING_FEE = 0;

    /// @notice Share of a resale's price that the creator takes, in basis points.
    uint8 internal constant CREATOR_ROYALTY = 1;

    /// @notice Share of every sale's price that the recipe's author takes, in basis points.
    uint8 internal constant AUTHOR_ROYALTY = 2;

    /// @notice What the treasury takes on top of a material's price, in basis points of it.
    uint8 internal constant MATERIAL_MARGIN = 3;

    /// @notice What the treasury takes on top of each tool use bought, in units.
    uint8 internal constant TOOL_WEAR = 4;

    /// @notice The author's share of a recipe fee, in basis points.
    uint8 internal constant RECIPE_FEE_AUTHOR_SHARE = 5;

    /// @notice The treasury's share of a recipe fee, in basis points; both shares are 10,000.
    uint8 internal constant RECIPE_FEE_TREASURY_SHARE = 6;

    /// @notice Units that may be issued in an epoch.
    uint8 internal constant ISSUANCE_BUDGET = 7;

    /// @notice Length of an epoch in seconds.
    uint8 internal constant EPOCH_LENGTH = 8;

    /// @notice How works may move: see the `MODE_` constants.
    uint8 internal constant TRADE_MODE = 9;

    /// @notice Seconds that a work stays with whoever made or got it.
    uint8 internal constant HOLDING_PERIOD = 10;

    /// @notice Units that one settlement may move at most.
    uint8 internal constant SETTLE_CEILING = 11;

    /// @notice Units that a new member is welcomed with; issued by the operator, not by a contract.
    uint8 internal constant WELCOME_POINTS = 12;

    /// @notice How many rules there are.
    uint8 internal constant COUNT = 13;

    /// @notice Works stay where they are.
    uint256 internal constant MODE_OFF = 0;

    /// @notice Members may give works away, sales are off.
    uint256 internal constant MODE_GIFT = 1;

    /// @notice Works move by sales only.
    uint256 internal constant MODE_FIXED = 2;

    /// @notice Works move by sales and by members' own transfers.
    uint256 internal constant MODE_FULL = 3;

    /// @notice The whole, in basis points.
    uint256 internal constant WHOLE = 10_000;

    // Bit positions, 16 bits for each rule's own number: below 256 in the trade word, from 256 on in the issuance word.
    uint256 private constant POSITIONS = (0 << (16 * 0)) | (16 << (16 * 1)) | (32 << (16 * 2)) | (48 << (16 * 3))
        | (64 << (16 * 4)) | (80 << (16 * 5)) | (96 << (16 * 6)) | (256 << (16 * 7)) | (320 << (16 * 8))
        | (112 << (16 * 9)) | (128 << (16 * 10)) | (160 << (16 * 11)) | (352 << (16 * 12));

    // Widths in bits, 8 bits for each rule's own number; every hard bound of the RuleBook fits.
    uint256 private constant WIDTHS = (16 << (8 * 0)) | (16 << (8 * 1)) | (16 << (8 * 2)) | (16 << (8 * 3))
        | (16 << (8 * 4)) | (16 << (8 * 5)) | (16 << (8 * 6)) | (64 << (8 * 7)) | (32 << (8 * 8)) | (16 << (8 * 9))
        | (32 << (8 * 10)) | (64 << (8 * 11)) | (32 << (8 * 12));

    /// @notice Where `rule`'s value lies: which of the two words, how far from its lowest bit, and the mask of its width.
    function place(uint8 rule) internal pure returns (uint256 word, uint256 offset, uint256 mask) {
        uint256 position = (POSITIONS >> (16 * uint256(rule))) & 0xffff;
        uint256 width = (WIDTHS >> (8 * uint256(rule))) & 0xff;
        return (position >> 8, position & 0xff, (1 << width) - 1);
    }

    /// @notice The {TRADING_FEE}'s part of `price`, rounded down.
    function tradingFee(TradeRules rules, uint256 price) internal pure returns (uint256) {
        return _share(TradeRules.unwrap(rules), price);
    }

    /// @notice The {CREATOR_ROYALTY}'s part of `price`, rounded down.
    function creatorRoyalty(TradeRules rules, uint256 price) internal pure returns (uint256) {
        return _share(TradeRules.unwrap(rules) >> 16, price);
    }

    /// @notice The {AUTHOR_ROYALTY}'s part of `price`, rounded down.
    function authorRoyalty(TradeRules rules, uint256 price) internal pure returns (uint256) {
        return _share(TradeRules.unwrap(rules) >> 32, price);
    }

    /// @notice The {MATERIAL_MARGIN} on `cost`, rounded down.
    function materialMargin(TradeRules rules, uint256 cost) internal pure returns (uint256) {
        return _share(TradeRules.unwrap(rules) >> 48, cost);
    }

    /// @notice The {TOOL_WEAR} of one use, in units.
    function toolWear(TradeRules rules) internal pure returns (uint256) {
        return (TradeRules.unwrap(rules) >> 64) & 0xffff;
    }

    /// @notice The treasury's part of a recipe `fee`, rounded down; the author's is the rest.
    function recipeFeeToTreasury(TradeRules rules, uint256 fee) internal pure returns (uint256) {
        return _share(TradeRules.unwrap(rules) >> 96, fee);
    }

    /// @notice The {TRADE_MODE}.
    function tradeMode(TradeRules rules) internal pure returns (uint256) {
        return (TradeRules.unwrap(rules) >> 112) & 0xffff;
    }

    /// @notice The {HOLDING_PERIOD} in seconds.
    function holdingPeriod(TradeRules rules) internal pure returns (uint256) {
        return (TradeRules.unwrap(rules) >> 128) & type(uint32).max;
    }

    /// @notice The {SETTLE_CEILING} in units.
    function settleCeiling(TradeRules rules) internal pure returns (uint256) {
        return (TradeRules.unwrap(rules) >> 160) & type(uint64).max;
    }

    function _share(uint256 shifted, uint256 amount) private pure returns (uint256) {
        return amount * (shifted & 0xffff) / WHOLE;
    }
}
