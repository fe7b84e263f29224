// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {Rules} from "../../src/lib/Rules.sol";
import {Market} from "../../src/Market.sol";
import {Points} from "../../src/Points.sol";
import {RuleBook} from "../../src/RuleBook.sol";
import {Supplies} from "../../src/Supplies.sol";
import {Treasury} from "../../src/Treasury.sol";
import {Works} from "../../src/Works.sol";
import {Workshop} from "../../src/Workshop.sol";
import {Vm} from "./Vm.sol";

/// @notice All contracts, wired, with this test as admin, issuer and operator, and five members who can sign.
/// @dev They are deployed from the artifacts, so that what is tested is what is shipped, and compiled once.
abstract contract AtelierTest {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    uint256 internal constant MEMBERS = 5;

    AccessManager internal manager;
    ERC2771Forwarder internal forwarder;
    RuleBook internal rules;
    Points internal points;
    Treasury internal treasury;
    Supplies internal supplies;
    Works internal works;
    Workshop internal workshop;
    Market internal market;

    address[] internal members;

    uint256 private _batches;

    function setUp() public virtual {
        vm.warp(1_900_000_000);
        manager = AccessManager(deploy(published("AccessManager"), abi.encode(this)));
        forwarder = ERC2771Forwarder(deploy(published("ERC2771Forwarder"), abi.encode("Atelier Forwarder")));
        rules = RuleBook(deploy(compiled("RuleBook"), abi.encode(manager, forwarder, initialRules())));
        points = Points(
            deploy(compiled("Points"), abi.encode(manager, forwarder, rules, "Atelier Points", "PT"))
        );
        treasury = Treasury(deploy(compiled("Treasury"), abi.encode(manager, forwarder, points, rules)));
        supplies = Supplies(
            deploy(compiled("Supplies"), abi.encode(manager, forwarder, "https://atelier.test/supplies/{id}.json"))
        );
        works = Works(
            deploy(compiled("Works"), abi.encode(manager, forwarder, rules, "https://atelier.test/works/"))
        );
        workshop = Workshop(
            deploy(compiled("Workshop"), abi.encode(manager, forwarder, points, supplies, works, rules, treasury)
            )
        );
        market = Market(
            deploy(compiled("Market"), abi.encode(manager, forwarder, points, works, workshop, rules, treasury))
        );
        points.addModule(address(workshop));
        points.addModule(address(market));
        points.addModule(address(treasury));
        supplies.addModule(address(workshop));
        works.addModule(address(workshop));
        works.addModule(address(market));
        points.addIssuer(address(this));
        for (uint256 i = 0; i < MEMBERS; ++i) {
            members.push(vm.addr(keyOf(i)));
        }
    }

    function deploy(string memory artifact, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.parseJsonBytes(vm.readFile(artifact), ".bytecode"), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed != address(0), string.concat("not deployed: ", artifact));
    }

    function compiled(string memory name) internal pure returns (string memory) {
        return string.concat("target/hardhat/artifacts/src/", name, ".sol/", name, ".json");
    }

    function published(string memory name) internal pure returns (string memory) {
        return string.concat("node_modules/@openzeppelin/contracts/build/contracts/", name, ".json");
    }

    function initialRules() internal pure returns (uint128[] memory values) {
        uint64[34] memory initial = [
            uint64(500), 800, 300, 1_000, 50, 8_000, 2_000, 100_000_000, 604_800, 3, 0, 100_000_000, 20_000, 86_400,
            432_000, 86_400, 43_200, 2_000, 604_800, 200, 5, 3, 259_200, 10_000_000, 8_000, 4_000, 1_500, 1_000, 500,
            1_000, 1_500, 500, 5_000, 2_000
        ];
        values = new uint128[](34);
        for (uint256 i = 0; i < 34; ++i) {
            values[i] = initial[i];
        }
    }

    function keyOf(uint256 member) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("atelier member", member)));
    }

    function setRule(uint8 rule, uint256 value) internal {
        uint8[] memory one = new uint8[](1);
        uint128[] memory to = new uint128[](1);
        one[0] = rule;
        to[0] = uint128(value);
        rules.set(one, to);
    }

    /// @dev Any value between `min` and `max`, both included.
    function bound(uint256 any, uint256 min, uint256 max) internal pure returns (uint256) {
        return min + any % (max - min + 1);
    }

    /// @dev Sets the three shares of a price to anything that is allowed.
    function setShares(uint256 fee, uint256 creator, uint256 author) internal {
        setRule(Rules.TRADING_FEE, bound(fee, 0, 1_500));
        setRule(Rules.CREATOR_ROYALTY, bound(creator, 0, 2_000));
        setRule(Rules.AUTHOR_ROYALTY, bound(author, 0, 1_000));
    }

    /// @dev Lets any amount be issued and settled that ever may.
    function openLimits() internal {
        setRule(Rules.ISSUANCE_BUDGET, 10 ** 15);
        setRule(Rules.SETTLE_CEILING, 10 ** 15);
    }

    function give(address to, uint256 amount) internal {
        Points.Issue[] memory items = new Points.Issue[](1);
        items[0] = Points.Issue(to, uint96(amount), bytes32(++_batches));
        points.issue(keccak256(abi.encode("batch", _batches)), items);
    }

    /// @dev An approved recipe by `author` without inputs or fee.
    function openRecipe(address author) internal returns (uint64 recipe) {
        vm.prank(author);
        recipe = workshop.propose(0, new Workshop.Input[](0), bytes32("definition"), 0);
        workshop.approve(recipe);
    }

    function craft(address maker, uint64 recipe) internal returns (uint256 tokenId) {
        vm.prank(maker);
        return workshop.craft(recipe, bytes32("picture"), new uint256[](0), type(uint256).max);
    }

    /// @dev An order of member `maker`, good for ever, for anyone.
    function orderOf(uint256 maker, uint256 tokenId, uint256 price, uint256 minNet)
        internal
        view
        returns (Market.Order memory)
    {
        (, uint48 nonce,) = works.stateOf(tokenId);
        return Market.Order({
            maker: members[maker],
            tokenId: tokenId,
            price: uint96(price),
            minNet: uint96(minNet),
            transferNonce: nonce,
            counter: market.counterOf(members[maker]),
            expiry: type(uint48).max,
            taker: address(0),
            salt: bytes32("salt")
        });
    }

    function sign(uint256 member, Market.Order memory order) internal returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(member), market.hashOf(order));
        return abi.encodePacked(r, s, v);
    }

    function isError(bytes memory revertData, bytes4 selector) internal pure returns (bool) {
        return revertData.length >= 4 && bytes4(revertData) == selector;
    }

    function assertEq(uint256 found, uint256 expected, string memory what) internal pure {
        require(found == expected, string.concat(what, ": ", decimal(found), " instead of ", decimal(expected)));
    }

    function decimal(uint256 value) internal pure returns (string memory) {
        if (value < 10) return string(abi.encodePacked(uint8(48 + value)));
        return string.concat(decimal(value / 10), decimal(value % 10));
    }
}
