// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./Administered.sol";

/// @title Modular
/// @notice A contract that some of our other contracts, its modules, may move things in.
/// @dev The check reads one local slot, never the manager: `restricted` on the hot path would add 11.5k gas for one
/// target and 25.6k for three. The first deployment's modules count at once; after {sealModules} members have seven days
/// to see a new one coming and leave before it can move anything of theirs.
abstract contract Modular is Administered {
    /// @notice How long a module added after sealing waits, in seconds; a constant, so that no key can shorten it.
    uint48 public constant MODULE_DELAY = 7 days;

    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    mapping(address module => uint48 from) private _moduleFrom;

    bool private _sealed;

    /// @notice `module` may act from time `from` (seconds since 1970) on.
    event ModuleAdded(address indexed module, uint48 from);

    /// @notice `module` may no longer act.
    event ModuleRemoved(address indexed module);

    /// @notice From now on a new module waits.
    event ModulesSealed();

    /// @notice `caller` is no module, or not yet.
    error NotModule(address caller);

    /// @notice `module` was added before.
    error ModuleAlreadyAdded(address module);

    /// @notice `module` was never added, or is removed.
    error UnknownModule(address module);

    /// @dev The direct caller: modules are contracts and never come through the forwarder.
    modifier onlyModule() {
        if (!isModule(msg.sender)) revert NotModule(msg.sender);
        _;
    }

    /// @notice Lets `module` act: at once before sealing, {MODULE_DELAY} later after it (at once on chain 31337).
    function addModule(address module) external restricted {
        if (_moduleFrom[module] != 0) revert ModuleAlreadyAdded(module);
        uint48 from = uint48(block.timestamp);
        if (_sealed && block.chainid != DEVELOPMENT_CHAIN) from += MODULE_DELAY;
        _moduleFrom[module] = from;
        emit ModuleAdded(module, from);
    }

    /// @notice Stops `module` at once.
    function removeModule(address module) external restricted {
        if (_moduleFrom[module] == 0) revert UnknownModule(module);
        delete _moduleFrom[module];
        emit ModuleRemoved(module);
    }

    /// @notice Ends the time in which modules count at once; there is no way back.
    function sealModules() external restricted {
        _sealed = true;
        emit ModulesSealed();
    }

    /// @notice Whether `module` may act now.
    function isModule(address module) public view returns (bool) {
        uint48 from = _moduleFrom[module];
        return from != 0 && from <= block.timestamp;
    }
}
