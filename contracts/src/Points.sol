// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {Administered} from "./access/Administered.sol";
import {Modular} from "./access/Modular.sol";
import {Payee} from "./lib/Bill.sol";
import {RuleBook} from "./RuleBook.sol";

/// @title Points
/// @notice The community's points: 1 point is 100 units. A policy says who may move them, issue is under a budget per
/// epoch, and modules settle purchases from their buyer to several payees in one call.
/// @dev Points are never burned, so what an epoch issued is what the supply grew by since the epoch's first issue.
contract Points is ERC20Permit, Modular {
    /// @notice Who may move points: only modules · holders their own · everybody as usual with ERC-20.
    enum Policy {
        Closed,
        Members,
        Open
    }

    /// @notice One item of a batch; `intentId` is not stored, it is there to be read from the calldata.
    struct Issue {
        address to;
        uint96 amount;
        bytes32 intentId;
    }

    // One word: the issuer added last, so that the usual one needs no second slot, and the epoch's start of counting.
    struct Issuance {
        address latestIssuer;
        uint32 epoch;
        uint64 supplyBefore;
    }

    RuleBook private immutable _ruleBook;

    Issuance private _issuance;

    Policy private _policy = Policy.Members;

    mapping(address issuer => bool) private _issuers;

    mapping(bytes32 batchId => bool) private _used;

    mapping(address member => bool) private _optedOut;

    /// @notice The policy was `before` and is `current`.
    event PolicyChanged(uint8 before, uint8 current);

    /// @notice `issuer` may issue.
    event IssuerAdded(address indexed issuer);

    /// @notice `issuer` may no longer issue.
    event IssuerRemoved(address indexed issuer);

    /// @notice A batch of `count` items was issued, `total` units in `epoch`.
    event Issued(bytes32 indexed batchId, uint256 count, uint256 total, uint256 indexed epoch);

    /// @notice `member` wants to be asked by allowance before a module settles, or no longer.
    event SettlementOptOut(address indexed member, bool optedOut);

    /// @notice `caller` may not issue.
    error NotIssuer(address caller);

    /// @notice `batchId` was issued before.
    error BatchUsed(bytes32 batchId);

    /// @notice The epoch has `left` units left, `wanted` were asked for.
    error IssuanceBudgetExceeded(uint256 wanted, uint256 left);

    /// @notice The supply would be more than 2^64 - 1 units.
    error SupplyCapExceeded(uint256 supply);

    /// @notice The policy in force forbids this way of moving points.
    error PolicyForbids(Policy policy);

    /// @notice The settlement's `amount` is above the `ceiling` in force.
    error SettleCeilingExceeded(uint256 amount, uint256 ceiling);

    /// @param authority who may set policy, issuers and modules
    /// @param forwarder whose requests carry their sender
    /// @param ruleBook where budget, epoch and ceiling are read
    /// @param name_ the token's name, also that of its EIP-712 domain
    /// @param symbol_ the token's symbol
    constructor(address authority, address forwarder, RuleBook ruleBook, string memory name_, string memory symbol_)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
        Administered(authority, forwarder)
    {
        _ruleBook = ruleBook;
    }

    /// @notice 2: a point has a hundred units.
    function decimals() public pure override returns (uint8) {
        return 2;
    }

    /// @notice Sets who may move points from now on.
    function setPolicy(Policy policy_) external restricted {
        emit PolicyChanged(uint8(_policy), uint8(policy_));
        _policy = policy_;
    }

    /// @notice The policy in force.
    function policy() external view returns (Policy) {
        return _policy;
    }

    /// @notice Lets `issuer` issue within the budget.
    function addIssuer(address issuer) external restricted {
        _issuers[issuer] = true;
        _issuance.latestIssuer = issuer;
        emit IssuerAdded(issuer);
    }

    /// @notice Stops `issuer` from issuing.
    function removeIssuer(address issuer) external restricted {
        delete _issuers[issuer];
        if (_issuance.latestIssuer == issuer) _issuance.latestIssuer = address(0);
        emit IssuerRemoved(issuer);
    }

    /// @notice Whether `account` may issue.
    function isIssuer(address account) external view returns (bool) {
        return _issuers[account];
    }

    /// @notice Issues all of `items` or none, once for a `batchId`.
    /// @dev Reverts with {NotIssuer}, {BatchUsed}, {IssuanceBudgetExceeded} or {SupplyCapExceeded}.
    function issue(bytes32 batchId, Issue[] calldata items) external {
        if (_used[batchId]) revert BatchUsed(batchId);
        _used[batchId] = true;
        uint256 supply = totalSupply();
        for (uint256 i = 0; i < items.length; ++i) {
            Issue calldata item = items[i];
            _mint(item.to, item.amount);
        }
        uint256 total = totalSupply() - supply;
        emit Issued(batchId, items.length, total, _spendBudget(supply, total));
    }

    /// @notice Issues `amount` units to `to`: for an issuer that is a contract and knows by itself what it issued.
    /// @dev Reverts with {NotIssuer}, {IssuanceBudgetExceeded} or {SupplyCapExceeded}.
    function mint(address to, uint256 amount) external {
        _spendBudget(totalSupply(), amount);
        _mint(to, amount);
    }

    /// @notice Pays every one of `payees` from `payer`, who called or signed what the module executes.
    /// @dev Only modules. A member who opted out pays from the allowance given to the module. Reverts with {NotModule},
    /// {SettleCeilingExceeded} or an ERC-6093 error.
    function settle(address payer, Payee[] calldata payees) external {
        bool someOptedOut = _requireModule();
        uint256 total = 0;
        uint256 at;
        uint256 end;
        assembly ("memory-safe") {
            at := payees.offset
            end := add(at, shl(5, payees.length))
        }
        while (at < end) {
            Payee payee;
            // The loop's condition is the check of the bounds.
            assembly ("memory-safe") {
                payee := calldataload(at)
                at := add(at, 0x20)
            }
            uint256 amount = payee.units();
            _transfer(payer, payee.account(), amount);
            // Each amount was covered by the payer's balance, which the supply's 64 bits bound.
            unchecked {
                total += amount;
            }
        }
        // What a module pays is its own: the ceiling guards members.
        if (payer == msg.sender) return;
        uint256 ceiling = _ruleBook.trade().settleCeiling();
        if (total > ceiling) revert SettleCeilingExceeded(total, ceiling);
        if (someOptedOut && _optedOut[payer]) _spendAllowance(payer, msg.sender, total);
    }

    /// @notice Says whether modules need the sender's allowance to settle from their points.
    function optOut(bool optedOut) external {
        address member = _msgSender();
        // From the first one on every settlement looks; until then none pays for looking.
        if (optedOut) _markModules();
        _optedOut[member] = optedOut;
        emit SettlementOptOut(member, optedOut);
    }

    /// @notice Whether `member` opted out.
    function isOptedOut(address member) external view returns (bool) {
        return _optedOut[member];
    }

    /// @notice Moves `value` of the sender's own units to `to`; not while the policy is closed.
    function transfer(address to, uint256 value) public override returns (bool) {
        Policy current = _policy;
        if (current == Policy.Closed) revert PolicyForbids(current);
        return super.transfer(to, value);
    }

    /// @notice Moves `value` units by allowance; only while the policy is open.
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        Policy current = _policy;
        if (current != Policy.Open) revert PolicyForbids(current);
        return super.transferFrom(from, to, value);
    }

    /// @notice The number of the current epoch: time divided by the epoch's length in force.
    function epoch() public view returns (uint256) {
        (, uint256 length) = _ruleBook.issuance();
        return block.timestamp / length;
    }

    /// @notice Units issued so far in the current epoch.
    function issuedInEpoch() public view returns (uint256) {
        return _issuance.epoch == epoch() ? totalSupply() - _issuance.supplyBefore : 0;
    }

    /// @notice Units that may still be issued in the current epoch.
    function issuanceLeft() external view returns (uint256) {
        (uint256 budget,) = _ruleBook.issuance();
        uint256 issued = issuedInEpoch();
        return issued < budget ? budget - issued : 0;
    }

    /// @dev Checks issuer and budget for `wanted` units on top of `supply`; whatever was issued before it is undone if it
    /// reverts.
    function _spendBudget(uint256 supply, uint256 wanted) private returns (uint256 inEpoch) {
        Issuance memory known = _issuance;
        address sender = _msgSender();
        if (sender != known.latestIssuer && !_issuers[sender]) revert NotIssuer(sender);
        (uint256 budget, uint256 length) = _ruleBook.issuance();
        inEpoch = block.timestamp / length;
        if (known.epoch != inEpoch) {
            known.supplyBefore = uint64(supply);
            _issuance.supplyBefore = known.supplyBefore;
            _issuance.epoch = uint32(inEpoch);
        }
        uint256 issued = supply - known.supplyBefore;
        uint256 left = issued < budget ? budget - issued : 0;
        if (wanted > left) revert IssuanceBudgetExceeded(wanted, left);
        if (supply + wanted > type(uint64).max) revert SupplyCapExceeded(supply + wanted);
    }

    function _msgSender() internal view override(Context, Administered) returns (address) {
        return Administered._msgSender();
    }

    function _msgData() internal view override(Context, Administered) returns (bytes calldata) {
        return Administered._msgData();
    }

    function _contextSuffixLength() internal view override(Context, Administered) returns (uint256) {
        return Administered._contextSuffixLength();
    }
}
