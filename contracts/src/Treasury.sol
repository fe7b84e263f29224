// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";
import {Bill, Payee} from "./lib/Bill.sol";
import {Points} from "./Points.sol";
import {RuleBook} from "./RuleBook.sol";

/// @title Treasury
/// @notice Holds every share that the platform takes, pays the community's costs out of it under a budget per epoch, and
/// gives what is left for the members' shares. Market and Workshop settle to it directly, their events say what for;
/// whoever else pays in says so here.
/// @dev An epoch ends by the clock: a block's time says which epoch it belongs to, whenever the closing is sent. The
/// length is the rule's when the epoch begins.
contract Treasury is Administered {
    using Bill for Payee[];

    /// @notice The epoch that is open: its number, and from when to when it lasts, in seconds since 1970.
    struct Epoch {
        uint32 number;
        uint48 start;
        uint48 end;
        uint64 costs;
    }

    /// @notice The highest kind: 1 trading fee, 2 material margin, 3 tool wear, 4 recipe fee, 5 other.
    uint8 public constant LAST_KIND = 5;

    Points private immutable _points;

    RuleBook private immutable _ruleBook;

    /// @notice The epoch that was opened last; it is over once its end has passed.
    Epoch public epoch;

    /// @notice `from` paid in `amount` units of income `kind` for `ref`.
    event Collected(uint8 indexed kind, address indexed from, uint256 amount, bytes32 indexed ref);

    /// @notice A cost of the epoch: `amount` units to `to`, for `text`; `receipt` is the SHA-256 of the receipt.
    event CostPaid(
        uint32 indexed epoch, uint8 indexed kind, address indexed to, uint256 amount, string text, bytes32 receipt
    );

    /// @notice A vote gave `amount` units to `to`, for `text`; no cost of any epoch.
    event Spent(address indexed to, uint256 amount, string text);

    /// @notice `amount` units went to `to` for members to claim.
    event Funded(address indexed to, uint256 amount);

    /// @notice Epoch `number` lasts from `start` to before `end`, in seconds since 1970.
    event EpochOpened(uint32 indexed number, uint48 start, uint48 end);

    /// @notice There is no income of this `kind`.
    error UnknownKind(uint8 kind);

    /// @notice The amount is zero.
    error NothingToCollect();

    /// @notice The epoch lasts until `end`, in seconds since 1970.
    error EpochNotOver(uint48 end);

    /// @notice The epoch has `left` units left for costs, `wanted` were asked for.
    error CostBudgetExceeded(uint256 wanted, uint256 left);

    /// @param authority who may pay costs, spend and fund
    /// @param forwarder whose requests carry their sender
    /// @param points what is held
    /// @param ruleBook where budget and epoch are read
    constructor(address authority, address forwarder, Points points, RuleBook ruleBook)
        Administered(authority, forwarder)
    {
        _points = points;
        _ruleBook = ruleBook;
        _open(1, uint48(block.timestamp));
    }

    /// @notice Takes `amount` units from the sender as income of `kind`, for `ref` (the payer's own reference).
    /// @dev Reverts with {UnknownKind}, {NothingToCollect} or what {Points-settle} reverts with.
    function collect(uint8 kind, uint256 amount, bytes32 ref) external {
        if (kind == 0 || kind > LAST_KIND) revert UnknownKind(kind);
        if (amount == 0) revert NothingToCollect();
        address from = _msgSender();
        _pay(from, address(this), amount);
        emit Collected(kind, from, amount, ref);
    }

    /// @notice Pays a cost of the current epoch, of the payer's own `kind`.
    /// @dev Closes what is over first. Reverts with {CostBudgetExceeded} or what {Points-settle} reverts with.
    function payCost(uint8 kind, address to, uint256 amount, string calldata text, bytes32 receipt)
        external
        restricted
    {
        while (block.timestamp >= epoch.end) _open(epoch.number + 1, epoch.end);
        uint256 budget = _ruleBook.profit().costBudget();
        uint256 left = epoch.costs < budget ? budget - epoch.costs : 0;
        if (amount > left) revert CostBudgetExceeded(amount, left);
        epoch.costs += uint64(amount);
        _pay(address(this), to, amount);
        emit CostPaid(epoch.number, kind, to, amount, text, receipt);
    }

    /// @notice Gives `amount` units to `to`, for `text`: what a vote decides.
    function spend(address to, uint256 amount, string calldata text) external restricted {
        _pay(address(this), to, amount);
        emit Spent(to, amount, text);
    }

    /// @notice Gives the caller `amount` units for members to claim: for the contract that pays shares.
    function fund(uint256 amount) external restricted {
        _pay(address(this), msg.sender, amount);
        emit Funded(msg.sender, amount);
    }

    /// @notice Opens the next epoch once the present one is over; anyone may.
    function closeEpoch() external {
        if (block.timestamp < epoch.end) revert EpochNotOver(epoch.end);
        _open(epoch.number + 1, epoch.end);
    }

    function _open(uint32 number, uint48 start) private {
        (, uint256 length) = _ruleBook.issuance();
        epoch = Epoch(number, start, start + uint48(length), 0);
        emit EpochOpened(number, start, start + uint48(length));
    }

    function _pay(address from, address to, uint256 amount) private {
        Bill.single(to, amount).settle(address(_points), from);
    }
}
