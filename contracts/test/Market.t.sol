// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Market} from "../src/Market.sol";
import {Works} from "../src/Works.sol";
import {WorkId} from "../src/lib/WorkId.sol";
import {AtelierTest} from "./support/AtelierTest.sol";

/// @notice A wallet that is a contract: it accepts one hash that it was told before.
contract Wallet is IERC1271 {
    bytes32 private _accepted;

    function accept(bytes32 hash) external {
        _accepted = hash;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return hash == _accepted ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

contract MarketTest is AtelierTest {
    uint256 private constant CREATOR = 0;
    uint256 private constant AUTHOR = 1;
    uint256 private constant BUYER = 2;
    uint256 private constant COLLECTOR = 3;

    uint64 private _recipe;

    function setUp() public override {
        super.setUp();
        openLimits();
        _recipe = openRecipe(members[AUTHOR]);
    }

    function testFuzz_FirstSaleSumsToThePrice(uint256 price, uint256 fee, uint256 royalty, uint256 author) public {
        uint256 tokenId = craft(members[CREATOR], _recipe);
        setShares(fee, royalty, author);
        _sellAndCount(CREATOR, BUYER, tokenId, bound(price, 1, 10 ** 14));
    }

    function testFuzz_ResaleSumsToThePrice(uint256 price, uint256 fee, uint256 royalty, uint256 author) public {
        uint256 tokenId = craft(members[CREATOR], _recipe);
        _sellAndCount(CREATOR, BUYER, tokenId, 1_000);
        setShares(fee, royalty, author);
        _sellAndCount(BUYER, COLLECTOR, tokenId, bound(price, 1, 10 ** 14));
    }

    function testFuzz_CreatorBuyingBackSumsToThePrice(uint256 price, uint256 fee, uint256 royalty, uint256 author)
        public
    {
        uint256 tokenId = craft(members[CREATOR], _recipe);
        _sellAndCount(CREATOR, AUTHOR, tokenId, 1_000);
        setShares(fee, royalty, author);
        _sellAndCount(AUTHOR, CREATOR, tokenId, bound(price, 1, 10 ** 14));
    }

    function testFuzz_SplitSumsToThePrice(uint96 price, uint256 fee, uint256 royalty, uint256 author, bool first)
        public
    {
        setShares(fee, royalty, author);
        uint256 tokenId = WorkId.pack(_recipe, members[CREATOR], 7);
        address seller = members[first ? CREATOR : BUYER];
        (uint256 sellerPaid,, uint256 creatorPaid,, uint256 authorPaid, uint256 treasuryPaid) =
            market.split(tokenId, seller, price);
        assertEq(sellerPaid + creatorPaid + authorPaid + treasuryPaid, price, "sum");
    }

    function testFuzz_NoLaterRuleTakesMoreThanTheSellerAllowed(
        uint256 price,
        uint256 minNet,
        uint256 fee,
        uint256 royalty,
        uint256 author
    ) public {
        price = bound(price, 1, 10 ** 14);
        minNet = bound(minNet, 0, price);
        uint256 tokenId = craft(members[CREATOR], _recipe);
        Market.Order memory order = orderOf(CREATOR, tokenId, price, minNet);
        bytes memory signature = sign(CREATOR, order);
        setShares(fee, royalty, author);
        (uint256 net,,,,,) = market.split(tokenId, members[CREATOR], price);
        give(members[BUYER], price);
        vm.prank(members[BUYER]);
        try market.fill(order, signature, address(0)) {
            require(points.balanceOf(members[CREATOR]) >= minNet, "the seller got less than they signed");
        } catch (bytes memory error) {
            require(isError(error, Market.NetBelowMinimum.selector), "another error");
            require(net < minNet, "refused though it was enough");
            assertEq(points.balanceOf(members[BUYER]), price, "nothing moved");
        }
    }

    function testFuzz_AnyTransferKillsTheListing(uint256 first, uint256 second) public {
        first = bound(first, 0, 4);
        second = bound(second, 0, 4);
        uint256 tokenId = craft(members[CREATOR], _recipe);
        Market.Order memory order = orderOf(CREATOR, tokenId, 1_000, 0);
        bytes memory signature = sign(CREATOR, order);
        vm.prank(members[CREATOR]);
        works.transferFrom(members[CREATOR], members[first], tokenId);
        vm.prank(members[first]);
        works.transferFrom(members[first], members[CREATOR], tokenId);
        give(members[BUYER], 1_000);
        vm.expectRevert(abi.encodeWithSelector(Works.OrderStale.selector, tokenId, 0, 2));
        vm.prank(members[BUYER]);
        market.fill(order, signature, address(0));
    }

    function testFuzz_NoOtherKeySigns(uint256 key, bytes32 salt) public {
        uint256 tokenId = craft(members[CREATOR], _recipe);
        Market.Order memory order = orderOf(CREATOR, tokenId, 1_000, 0);
        order.salt = salt;
        uint256 stranger = bound(key, 1, 4);
        bytes memory signature = sign(stranger, order);
        bytes32 orderHash = market.hashOf(order);
        vm.expectRevert(abi.encodeWithSelector(Market.OrderSignatureInvalid.selector, orderHash));
        vm.prank(members[BUYER]);
        market.fill(order, signature, address(0));
    }

    function test_ContractWalletSells() public {
        (Wallet wallet, Market.Order memory order) = _walletOrder();
        wallet.accept(market.hashOf(order));
        give(members[BUYER], order.price);
        vm.prank(members[BUYER]);
        market.fill(order, "", address(0));
        require(works.ownerOf(order.tokenId) == members[BUYER], "not sold");
    }

    function test_ContractWalletRefuses() public {
        (, Market.Order memory order) = _walletOrder();
        give(members[BUYER], order.price);
        bytes32 orderHash = market.hashOf(order);
        vm.expectRevert(abi.encodeWithSelector(Market.OrderSignatureInvalid.selector, orderHash));
        vm.prank(members[BUYER]);
        market.fill(order, "", address(0));
    }

    function _walletOrder() private returns (Wallet wallet, Market.Order memory order) {
        wallet = new Wallet();
        uint256 tokenId = craft(members[CREATOR], _recipe);
        vm.prank(members[CREATOR]);
        works.transferFrom(members[CREATOR], address(wallet), tokenId);
        order = orderOf(CREATOR, tokenId, 1_000, 0);
        order.maker = address(wallet);
        order.counter = market.counterOf(address(wallet));
    }

    /// @dev Sells and checks that everybody's balance changed by what the split said, to the last unit.
    function _sellAndCount(uint256 seller, uint256 buyer, uint256 tokenId, uint256 price) private {
        give(members[buyer], price);
        (uint256 sellerPaid,, uint256 creatorPaid,, uint256 authorPaid, uint256 treasuryPaid) =
            market.split(tokenId, members[seller], price);
        uint256[] memory expected = new uint256[](MEMBERS);
        for (uint256 i = 0; i < MEMBERS; ++i) {
            expected[i] = points.balanceOf(members[i]);
        }
        uint256 treasuryExpected = points.balanceOf(address(treasury)) + treasuryPaid;
        expected[seller] += sellerPaid;
        expected[CREATOR] += creatorPaid;
        expected[AUTHOR] += authorPaid;
        expected[buyer] -= price;

        Market.Order memory order = orderOf(seller, tokenId, price, sellerPaid);
        bytes memory signature = sign(seller, order);
        vm.prank(members[buyer]);
        market.fill(order, signature, address(0));

        for (uint256 i = 0; i < MEMBERS; ++i) {
            assertEq(points.balanceOf(members[i]), expected[i], decimal(i));
        }
        assertEq(points.balanceOf(address(treasury)), treasuryExpected, "treasury");
        assertEq(sellerPaid + creatorPaid + authorPaid + treasuryPaid, price, "sum");
        require(works.ownerOf(tokenId) == members[buyer], "not sold");
    }
}
