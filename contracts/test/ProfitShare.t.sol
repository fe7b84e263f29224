// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ShareLife} from "./support/ShareLife.sol";

/// @dev Σ claims ≤ funding, whatever happens in whatever order; what of it is proved says test/proof/FundingProof.sol.
contract ProfitShareTest {
    /// @notice What the runner may call at random.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant MEMBERS = 5;

    ShareLife private life;

    function setUp() public {
        life = new ShareLife();
        life.setUp();
    }

    function targetContracts() external view returns (address[] memory all) {
        all = new address[](1);
        all[0] = address(life);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory all) {
        bytes4[9] memory happenings = [
            life.publish.selector,
            life.pass.selector,
            life.hold.selector,
            life.release.selector,
            life.cancel.selector,
            life.claim.selector,
            life.claimSince.selector,
            life.claimMany.selector,
            life.push.selector
        ];
        all = new FuzzSelector[](1);
        all[0] = FuzzSelector(address(life), new bytes4[](happenings.length));
        for (uint256 i = 0; i < happenings.length; ++i) {
            all[0].selectors[i] = happenings[i];
        }
    }

    /// hardhat-config: invariant.runs = 100
    /// hardhat-config: invariant.depth = 60
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_PaysNoMoreThanCameWithTheStatements() public view {
        life.checkSums();
    }

    function testFuzz_PaysAllOfAnHonestStatement(uint64[MEMBERS] calldata any, uint256 order) public {
        uint64[MEMBERS] memory due;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            due[i] = 1 + any[i] % 10 ** 9;
        }
        life.publishHonestly(due);
        life.pass(3 days);
        for (uint256 i = 0; i < MEMBERS; ++i) {
            life.claim((i + order % MEMBERS) % MEMBERS);
        }
        life.checkAllPaid();
    }
}
