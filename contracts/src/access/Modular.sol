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

    // `marked` is for the contract itself to keep a fact about all modules where each settlement looks anyway.
    struct Module {
        uint48 from;
        bool marked;
    }

    mapping(address module => Module) private _modules;

    address[] private _everAdded;

    bool private _sealed;

    bool private _marked;

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
        _requireModule();
        _;
    }

    /// @notice Lets `module` act: at once before sealing, {MODULE_DELAY} later after it (at once on chain 31337).
    function addModule(address module) external restricted {
        if (_modules[module].from != 0) revert ModuleAlreadyAdded(module);
        uint48 from = uint48(block.timestamp);
        if (_sealed && block.chainid != DEVELOPMENT_CHAIN) from += MODULE_DELAY;
        _modules[module] = Module(from, _marked);
        _everAdded.push(module);
        emit ModuleAdded(module, from);
    }

    /// @notice Stops `module` at once.
    function removeModule(address module) external restricted {
        if (_modules[module].from == 0) revert UnknownModule(module);
        delete _modules[module];
        emit ModuleRemoved(module);
    }

    /// @notice Ends the time in which modules count at once; there is no way back.
    function sealModules() external restricted {
        _sealed = true;
        emit ModulesSealed();
    }

    /// @notice Whether `module` may act now.
    function isModule(address module) public view returns (bool) {
        return _isActive(_modules[module]);
    }

    /// @dev Whether the caller's own slot is marked; reverts if the caller is no module.
    function _requireModule() internal view returns (bool marked) {
        Module memory module = _modules[msg.sender];
        if (!_isActive(module)) revert NotModule(msg.sender);
        return module.marked;
    }

    /// @dev Marks all modules, present and future, once.
    function _markModules() internal {
        if (_marked) return;
        _marked = true;
        for (uint256 i = 0; i < _everAdded.length; ++i) {
            Module storage module = _modules[_everAdded[i]];
            if (module.from != 0) module.marked = true;
        }
    }

    function _isActive(Module memory module) private view returns (bool) {
        return module.from != 0 && module.from <= block.timestamp;
    }
}
