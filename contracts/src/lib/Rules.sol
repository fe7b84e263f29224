// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The rules that a sale, a craft or a transfer needs, as they lie in one storage word of the {RuleBook}: one read
/// and no decoding where ten values would be copied and checked one by one.
type TradeRules is uint256;

using Rules for TradeRules global;

/// @dev The rules of votes, seats and objections, as they lie in one storage word of the {RuleBook}.
type CouncilRules is uint256;

using Rules for CouncilRules global;

/// @dev The rules of costs, statements and shares, as they lie in one storage word of the {RuleBook}.
type ProfitRules is uint256;

using Rules for ProfitRules global;

/// @title Rules
/// @notice Every rule's number, and where its value lies in the {RuleBook}'s four words.
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

    /// @notice Seconds from a proposal to its vote.
    uint8 internal constant VOTING_DELAY = 13;

    /// @notice Seconds that a vote lasts.
    uint8 internal constant VOTING_PERIOD = 14;

    /// @notice Seconds that a vote lasts at least after its quorum was reached.
    uint8 internal constant VOTE_EXTENSION = 15;

    /// @notice The last seconds of a vote, in which a ballot cast before stays as it is.
    uint8 internal constant VOTE_LOCK = 16;

    /// @notice Share of the electorate that has to take part, in basis points.
    uint8 internal constant QUORUM = 17;

    /// @notice Seconds from taking a seat to the first vote.
    uint8 internal constant WAITING_TIME = 18;

    /// @notice Seats that may be issued in an epoch.
    uint8 internal constant SEAT_BUDGET = 19;

    /// @notice Supporters that make an idea ready to be proposed; counted by the application.
    uint8 internal constant IDEA_SUPPORT = 20;

    /// @notice Seats that hold back a statement until a vote decides on it.
    uint8 internal constant OBJECTIONS = 21;

    /// @notice Seconds from a statement's publication to its first claim.
    uint8 internal constant CHALLENGE_WINDOW = 22;

    /// @notice Units that may be paid as costs in an epoch.
    uint8 internal constant COST_BUDGET = 23;

    /// @notice Share of what an epoch left over that goes back, in basis points.
    uint8 internal constant PROFIT_SHARE = 24;

    /// @notice Weights of the roles in a pool, each in proportion to the sum of all.
    uint8 internal constant WEIGHT_CREATOR = 25;
    uint8 internal constant WEIGHT_AUTHOR = 26;
    uint8 internal constant WEIGHT_SUPPLIER = 27;
    uint8 internal constant WEIGHT_PROMOTER = 28;
    uint8 internal constant WEIGHT_ANCESTOR = 29;
    uint8 internal constant WEIGHT_MEMBER = 30;
    uint8 internal constant WEIGHT_COMMONS = 31;

    /// @notice What a parent's share is of its child's, in basis points.
    uint8 internal constant ANCESTOR_RATIO = 32;

    /// @notice What all ancestors of a work may have of a creator's share, in basis points.
    uint8 internal constant ANCESTOR_CAP = 33;

    /// @notice How many rules there are.
    uint8 internal constant COUNT = 34;

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

    // Where a rule's value begins, 16 bits for each rule: bits 0 to 255 are the trade word's, the next 256 the issuance
    // word's, then the council's, then the profit's.
    uint256 private constant PLACES_0 = (0 << (16 * 0)) | (16 << (16 * 1)) | (32 << (16 * 2)) | (48 << (16 * 3)) | (64 << (16 * 4))
        | (80 << (16 * 5)) | (96 << (16 * 6)) | (256 << (16 * 7)) | (320 << (16 * 8)) | (112 << (16 * 9))
        | (128 << (16 * 10)) | (160 << (16 * 11)) | (352 << (16 * 12)) | (512 << (16 * 13))
        | (544 << (16 * 14)) | (576 << (16 * 15));

    uint256 private constant PLACES_16 = (608 << (16 * 0)) | (640 << (16 * 1)) | (656 << (16 * 2)) | (688 << (16 * 3)) | (704 << (16 * 4))
        | (720 << (16 * 5)) | (768 << (16 * 6)) | (800 << (16 * 7)) | (864 << (16 * 8)) | (880 << (16 * 9))
        | (896 << (16 * 10)) | (912 << (16 * 11)) | (928 << (16 * 12)) | (944 << (16 * 13))
        | (960 << (16 * 14)) | (976 << (16 * 15));

    uint256 private constant PLACES_32 = (992 << (16 * 0)) | (1008 << (16 * 1));

    // Widths in bits, 8 bits for each rule; every hard bound of the RuleBook fits.
    uint256 private constant WIDTHS_0 = (16 << (8 * 0)) | (16 << (8 * 1)) | (16 << (8 * 2)) | (16 << (8 * 3)) | (16 << (8 * 4))
        | (16 << (8 * 5)) | (16 << (8 * 6)) | (64 << (8 * 7)) | (32 << (8 * 8)) | (16 << (8 * 9))
        | (32 << (8 * 10)) | (64 << (8 * 11)) | (32 << (8 * 12)) | (32 << (8 * 13)) | (32 << (8 * 14))
        | (32 << (8 * 15)) | (32 << (8 * 16)) | (16 << (8 * 17)) | (32 << (8 * 18)) | (16 << (8 * 19))
        | (16 << (8 * 20)) | (16 << (8 * 21)) | (32 << (8 * 22)) | (64 << (8 * 23)) | (16 << (8 * 24))
        | (16 << (8 * 25)) | (16 << (8 * 26)) | (16 << (8 * 27)) | (16 << (8 * 28)) | (16 << (8 * 29))
        | (16 << (8 * 30)) | (16 << (8 * 31));

    uint256 private constant WIDTHS_32 = (16 << (8 * 0)) | (16 << (8 * 1));

    /// @notice Where `rule`'s value lies: which of the four words, how far from its lowest bit, and the mask of its width.
    function place(uint8 rule) internal pure returns (uint256 word, uint256 offset, uint256 mask) {
        uint256 places = rule < 16 ? PLACES_0 : rule < 32 ? PLACES_16 : PLACES_32;
        uint256 widths = rule < 32 ? WIDTHS_0 : WIDTHS_32;
        uint256 position = (places >> (16 * uint256(rule % 16))) & 0xffff;
        uint256 width = (widths >> (8 * uint256(rule % 32))) & 0xff;
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

    /// @notice The {VOTING_DELAY} in seconds.
    function votingDelay(CouncilRules rules) internal pure returns (uint256) {
        return CouncilRules.unwrap(rules) & type(uint32).max;
    }

    /// @notice The {VOTING_PERIOD} in seconds.
    function votingPeriod(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 32) & type(uint32).max;
    }

    /// @notice The {VOTE_EXTENSION} in seconds.
    function voteExtension(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 64) & type(uint32).max;
    }

    /// @notice The {VOTE_LOCK} in seconds.
    function voteLock(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 96) & type(uint32).max;
    }

    /// @notice The {QUORUM} in basis points.
    function quorum(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 128) & type(uint16).max;
    }

    /// @notice The {WAITING_TIME} in seconds.
    function waitingTime(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 144) & type(uint32).max;
    }

    /// @notice The {SEAT_BUDGET} in seats.
    function seatBudget(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 176) & type(uint16).max;
    }

    /// @notice The {OBJECTIONS} in seats.
    function objections(CouncilRules rules) internal pure returns (uint256) {
        return (CouncilRules.unwrap(rules) >> 208) & type(uint16).max;
    }

    /// @notice The {CHALLENGE_WINDOW} in seconds.
    function challengeWindow(ProfitRules rules) internal pure returns (uint256) {
        return ProfitRules.unwrap(rules) & type(uint32).max;
    }

    /// @notice The {COST_BUDGET} in units.
    function costBudget(ProfitRules rules) internal pure returns (uint256) {
        return (ProfitRules.unwrap(rules) >> 32) & type(uint64).max;
    }

    function _share(uint256 shifted, uint256 amount) private pure returns (uint256) {
        return amount * (shifted & 0xffff) / WHOLE;
    }
}
