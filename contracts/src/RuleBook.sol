// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";
import {CouncilRules, ProfitRules, Rules, TradeRules} from "./lib/Rules.sol";

/// @title RuleBook
/// @notice Every number that the community may change, with hard bounds that no change can pass.
/// @dev Thirty-four values in four words: {trade} is all that a sale, a craft or a transfer reads, {issuance} all that an
/// issue reads, {council} what seats and votes read, {profit} what costs and statements read. One call is one version,
/// all of it or nothing.
contract RuleBook is Administered {
    uint256 private constant TRADE = 0;
    uint256 private constant ISSUANCE = 1;
    uint256 private constant COUNCIL = 2;
    uint256 private constant PROFIT = 3;

    uint256[4] private _words;

    /// @notice How often the rules were set; the first version is the constructor's.
    uint32 public version;

    /// @notice `rule` is `current` from block `effectiveBlock` on; it was `before`.
    event RuleChanged(
        uint32 indexed version,
        uint8 indexed rule,
        uint128 before,
        uint128 current,
        uint64 effectiveBlock,
        address indexed by
    );

    /// @notice `value` of `rule` is not between `min` and `max`.
    error RuleOutOfBounds(uint8 rule, uint128 value, uint128 min, uint128 max);

    /// @notice The shares of a recipe fee are `sum` basis points, not 10,000.
    error SplitNotWhole(uint256 sum);

    /// @notice There is no `rule`.
    error UnknownRule(uint8 rule);

    /// @notice Not one value for each rule, or none at all.
    error RulesLengthMismatch(uint256 rules, uint256 values);

    /// @param authority who may {set}
    /// @param forwarder whose requests carry their sender
    /// @param initial the first version's values by rule number, all of them
    constructor(address authority, address forwarder, uint128[] memory initial) Administered(authority, forwarder) {
        if (initial.length != Rules.COUNT) revert RulesLengthMismatch(Rules.COUNT, initial.length);
        version = 1;
        for (uint8 rule = 0; rule < Rules.COUNT; ++rule) {
            _put(1, rule, initial[rule]);
        }
        _checkSplit();
    }

    /// @notice Sets each of `rules` to the value at its place in `values`, as one new version.
    /// @dev Reverts with {UnknownRule}, {RuleOutOfBounds}, {SplitNotWhole} or {RulesLengthMismatch}; then nothing changed.
    function set(uint8[] calldata rules, uint128[] calldata values_) external restricted {
        if (rules.length != values_.length || rules.length == 0) {
            revert RulesLengthMismatch(rules.length, values_.length);
        }
        uint32 next = ++version;
        for (uint256 i = 0; i < rules.length; ++i) {
            _put(next, rules[i], values_[i]);
        }
        _checkSplit();
    }

    /// @notice The value in force of `rule`, in the unit of the rule (basis points, units or seconds).
    function valueOf(uint8 rule) public view returns (uint128) {
        if (rule >= Rules.COUNT) revert UnknownRule(rule);
        (uint256 word, uint256 offset, uint256 mask) = Rules.place(rule);
        return uint128((_words[word] >> offset) & mask);
    }

    /// @notice All values in force, by rule number.
    function values() external view returns (uint128[] memory all) {
        all = new uint128[](Rules.COUNT);
        for (uint8 rule = 0; rule < Rules.COUNT; ++rule) {
            all[rule] = valueOf(rule);
        }
    }

    /// @notice The hard bounds of `rule`, both included.
    function bounds(uint8 rule) public pure returns (uint128 min, uint128 max) {
        if (rule == Rules.TRADING_FEE) return (0, 1_500);
        if (rule == Rules.CREATOR_ROYALTY) return (0, 2_000);
        if (rule == Rules.AUTHOR_ROYALTY) return (0, 1_000);
        if (rule == Rules.MATERIAL_MARGIN) return (0, 5_000);
        if (rule == Rules.TOOL_WEAR) return (0, 10_000);
        if (rule == Rules.RECIPE_FEE_AUTHOR_SHARE) return (5_000, 10_000);
        if (rule == Rules.RECIPE_FEE_TREASURY_SHARE) return (0, 5_000);
        if (rule == Rules.ISSUANCE_BUDGET) return (1, 10 ** 15);
        if (rule == Rules.EPOCH_LENGTH) return (60, 366 days);
        if (rule == Rules.TRADE_MODE) return (uint128(Rules.MODE_OFF), uint128(Rules.MODE_FULL));
        if (rule == Rules.HOLDING_PERIOD) return (0, 90 days);
        if (rule == Rules.SETTLE_CEILING) return (1, 10 ** 15);
        if (rule == Rules.WELCOME_POINTS) return (0, 1_000_000);
        if (rule == Rules.VOTING_DELAY) return (0, 30 days);
        if (rule == Rules.VOTING_PERIOD) return (60, 60 days);
        if (rule == Rules.VOTE_EXTENSION) return (0, 7 days);
        if (rule == Rules.VOTE_LOCK) return (0, 7 days);
        if (rule == Rules.QUORUM) return (500, 10_000);
        if (rule == Rules.WAITING_TIME) return (0, 366 days);
        if (rule == Rules.SEAT_BUDGET) return (1, 10_000);
        if (rule == Rules.IDEA_SUPPORT) return (1, 10_000);
        if (rule == Rules.OBJECTIONS) return (1, 1_000);
        if (rule == Rules.CHALLENGE_WINDOW) return (0, 30 days);
        if (rule == Rules.COST_BUDGET) return (0, 10 ** 15);
        if (rule >= Rules.PROFIT_SHARE && rule < Rules.COUNT) return (0, 10_000);
        revert UnknownRule(rule);
    }

    /// @notice The rules of trading in one word, laid out as {Rules} reads it.
    function trade() external view returns (TradeRules) {
        return TradeRules.wrap(_words[TRADE]);
    }

    /// @notice The budget in units and the length in seconds of an epoch of issuance.
    function issuance() external view returns (uint256 budget, uint256 epochLength) {
        uint256 word = _words[ISSUANCE];
        return (word & type(uint64).max, (word >> 64) & type(uint32).max);
    }

    /// @notice The rules of seats and votes in one word, laid out as {Rules} reads it.
    function council() external view returns (CouncilRules) {
        return CouncilRules.wrap(_words[COUNCIL]);
    }

    /// @notice The rules of costs and statements in one word, laid out as {Rules} reads it.
    function profit() external view returns (ProfitRules) {
        return ProfitRules.wrap(_words[PROFIT]);
    }

    function _put(uint32 toVersion, uint8 rule, uint128 value) private {
        (uint128 min, uint128 max) = bounds(rule);
        if (value < min || value > max) revert RuleOutOfBounds(rule, value, min, max);
        uint128 before = valueOf(rule);
        (uint256 word, uint256 offset, uint256 mask) = Rules.place(rule);
        _words[word] = (_words[word] & ~(mask << offset)) | (uint256(value) << offset);
        emit RuleChanged(toVersion, rule, before, value, uint64(block.number), _msgSender());
    }

    function _checkSplit() private view {
        uint256 sum = uint256(valueOf(Rules.RECIPE_FEE_AUTHOR_SHARE)) + valueOf(Rules.RECIPE_FEE_TREASURY_SHARE);
        if (sum != Rules.WHOLE) revert SplitNotWhole(sum);
    }
}
