// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title Rehearsal
/// @notice Plays members' calls one after another as the forwarder would make them, and says what came of each. Never
/// deployed: an `eth_call` puts its code in the place of the forwarder's, whose storage it reads.
/// @dev The forwarder's nonces lie behind the two strings of EIP712.
contract Rehearsal layout at 2 is Nonces {
    /// @notice One call of a member's.
    /// @param from whose address goes behind the data
    /// @param to who is called
    /// @param data calldata without that address
    struct Act {
        address from;
        address to;
        bytes data;
    }

    /// @notice What came of a call.
    /// @param success whether it did not revert
    /// @param gasUsed what it took, refunds not taken off
    /// @param nonce the member's next nonce at the forwarder
    /// @param revertData what it returned if it reverted
    struct Outcome {
        bool success;
        uint256 gasUsed;
        uint256 nonce;
        bytes revertData;
    }

    /// @dev What is left for the answer.
    uint256 private constant RESERVE = 500_000;

    /// @notice Makes each call with at most `gasEach`; every one sees what those before it did.
    /// @return outcomes of as many calls as the gas suffices for, at least of the first
    function rehearse(Act[] calldata acts, uint256 gasEach) external returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](acts.length);
        for (uint256 i = 0; i < acts.length; ++i) {
            if (i > 0 && gasleft() < gasEach + gasEach / 63 + RESERVE) {
                // Only shortens: what lies behind is never read.
                assembly ("memory-safe") {
                    mstore(outcomes, i)
                }
                break;
            }
            Act calldata act = acts[i];
            bytes memory data = abi.encodePacked(act.data, act.from);
            uint256 before = gasleft();
            (bool success, bytes memory returned) = act.to.call{gas: gasEach}(data);
            outcomes[i] = Outcome(success, before - gasleft(), nonces(act.from), success ? bytes("") : returned);
        }
    }
}
