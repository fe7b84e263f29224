// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Administered} from "./access/Administered.sol";

/// @dev What is asked of OpenZeppelin's TimelockController: its whole code need not be compiled for that.
interface ITimelock is IAccessControl {
    function PROPOSER_ROLE() external view returns (bytes32);

    function CANCELLER_ROLE() external view returns (bytes32);

    function DEFAULT_ADMIN_ROLE() external view returns (bytes32);

    function getMinDelay() external view returns (uint256);

    function hashOperationBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) external pure returns (bytes32);

    function scheduleBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) external;

    function executeBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) external payable;
}

/// @title Ratchet
/// @notice Who may change the rules, in four stages that only rise: 0 the operator through the timelock, 1 the council
/// too, 2 the council alone, 3 with no guardian over it. The operator raises the first, votes raise the others.
/// @dev Alone holds admin of manager and timelock, and passes nothing on that would bring a dropped power back: it grants
/// in {raise} from stage 0, revokes, and lets a vote place functions under the council or the operators, not more.
contract Ratchet is Administered {
    /// @notice The council has one power, the timelock; operators tend the shop.
    uint64 public constant OPERATORS = 1;

    /// @notice What a vote decides.
    uint64 public constant COMMUNITY = 2;

    /// @notice The last stage.
    uint8 public constant LAST_STAGE = 3;

    ITimelock private immutable _timelock;

    address private immutable _guardian;

    /// @notice When the guardian's term ends by itself, in seconds since 1970.
    uint48 public immutable guardedUntil;

    address private immutable _deployer;

    address private _council;

    /// @notice The stage reached.
    uint8 public stage;

    mapping(address target => bool) private _operated;

    /// @notice Stage `stage` is reached.
    event Raised(uint8 stage);

    /// @notice An operator proposed calls to the timelock, as operation `id`; anyone may execute it after `delay` seconds.
    event Scheduled(bytes32 indexed id, address indexed by, uint256 delay);

    /// @notice The `role` may call these functions of `target` from now on.
    event Assigned(address indexed target, bytes4[] selectors, uint64 role);

    /// @notice `caller` may not do this at this stage.
    error NotAtThisStage(address caller, uint8 stage);

    /// @notice There is no higher stage.
    error AtTheTop();

    /// @notice Operators may not propose calls to `target`.
    error NotForOperators(address target);

    /// @notice Functions can be placed under operators or community only.
    error UnknownRole(uint64 role);

    /// @notice The ratchet was set up before, or not by its deployer.
    error SetUpAlready();

    /// @param authority the manager whose admin this contract is to be
    /// @param forwarder whose requests carry their sender
    /// @param timelock through which everything goes; this contract is to be its admin
    /// @param guardian_ who may cancel proposals, but for those that raise the ratchet
    /// @param term seconds until the guardian's time is over in any case
    constructor(
        address authority,
        address forwarder,
        ITimelock timelock,
        address guardian_,
        uint48 term
    ) Administered(authority, forwarder) {
        _timelock = timelock;
        _guardian = guardian_;
        guardedUntil = uint48(block.timestamp) + term;
        _deployer = msg.sender;
    }

    /// @notice Names the council, and what operators may propose calls to; once, by the deployer.
    function setUp(address council, address[] calldata operated) external {
        if (msg.sender != _deployer || _council != address(0)) revert SetUpAlready();
        _council = council;
        for (uint256 i = 0; i < operated.length; ++i) {
            _operated[operated[i]] = true;
        }
        _timelock.grantRole(_timelock.CANCELLER_ROLE(), council);
        _timelock.grantRole(_timelock.PROPOSER_ROLE(), address(this));
        // By itself it would do for a vote what this contract does not.
        _timelock.revokeRole(_timelock.DEFAULT_ADMIN_ROLE(), address(_timelock));
        emit Raised(0);
    }

    /// @notice Lets the council propose too; by an operator.
    function raiseByOperator() external restricted {
        if (stage != 0) revert NotAtThisStage(_msgSender(), stage);
        _raise();
    }

    /// @notice Raises the stage by one; by a vote.
    function raise() external {
        if (msg.sender != address(_timelock) || stage == 0) revert NotAtThisStage(msg.sender, stage);
        _raise();
    }

    /// @notice Proposes calls to the timelock, which executes them after its delay, and at once if it has none; by an
    /// operator, below stage 2.
    /// @dev Calls of an operator reach what {setUp} named; never this contract, the seats, the council or the timelock.
    function schedule(address[] calldata targets, bytes[] calldata payloads, bytes32 salt) external restricted {
        if (stage > 1) revert NotAtThisStage(_msgSender(), stage);
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!_operated[targets[i]]) revert NotForOperators(targets[i]);
        }
        uint256[] memory values = new uint256[](targets.length);
        uint256 delay = _timelock.getMinDelay();
        _timelock.scheduleBatch(targets, values, payloads, 0, salt, delay);
        emit Scheduled(_timelock.hashOperationBatch(targets, values, payloads, 0, salt), _msgSender(), delay);
        if (delay == 0) _timelock.executeBatch(targets, values, payloads, 0, salt);
    }

    /// @notice Places functions of a contract under the operators or the community; by a vote.
    function assign(address target, bytes4[] calldata selectors, uint64 role) external {
        if (msg.sender != address(_timelock)) revert NotAtThisStage(msg.sender, stage);
        if (role != OPERATORS && role != COMMUNITY) revert UnknownRole(role);
        IAccessManager(authority()).setTargetFunctionRole(target, selectors, role);
        emit Assigned(target, selectors, role);
    }

    /// @notice Whether proposals of the council are heard.
    function councilProposes() external view returns (bool) {
        return stage > 0;
    }

    /// @notice Who may cancel proposals; nobody at the last stage or after the term.
    function guardian() external view returns (address) {
        return stage < LAST_STAGE && block.timestamp < guardedUntil ? _guardian : address(0);
    }

    function _raise() private {
        if (stage == LAST_STAGE) revert AtTheTop();
        stage += 1;
        if (stage == 1) _timelock.grantRole(_timelock.PROPOSER_ROLE(), _council);
        if (stage == 2) _timelock.revokeRole(_timelock.PROPOSER_ROLE(), address(this));
        emit Raised(stage);
    }
}
