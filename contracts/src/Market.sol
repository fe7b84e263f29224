// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Administered} from "./access/Administered.sol";
import {Bill, Payee} from "./lib/Bill.sol";
import {TradeRules} from "./lib/Rules.sol";
import {WorkId} from "./lib/WorkId.sol";
import {Points} from "./Points.sol";
import {RuleBook} from "./RuleBook.sol";
import {Works} from "./Works.sol";
import {Workshop} from "./Workshop.sol";

/// @title Market
/// @notice Works change hands for points. A listing is a signed order that costs no gas; it is bound to the work's
/// transfer nonce, so that any transfer ends it, and names the least that its seller accepts, so that no later rule can
/// take more.
/// @dev A sale writes nothing here: the work's own nonce is what makes an order good once.
contract Market is Administered, EIP712 {
    using Bill for Payee[];
    using WorkId for uint256;

    /// @notice What a maker signs: `price` and `minNet` in units, `expiry` in seconds since 1970, `taker` zero for anyone.
    struct Order {
        address maker;
        uint256 tokenId;
        uint96 price;
        uint96 minNet;
        uint64 transferNonce;
        uint64 counter;
        uint48 expiry;
        address taker;
        bytes32 salt;
    }

    /// @notice Who gets what of a price; the five parts are exactly the price.
    struct Split {
        uint256 sellerPaid;
        address creator;
        uint256 creatorPaid;
        address author;
        uint256 authorPaid;
        uint256 treasuryPaid;
    }

    /// @notice EIP-712 type hash of an {Order}.
    bytes32 public constant ORDER_TYPEHASH = keccak256(
        "Order(address maker,uint256 tokenId,uint96 price,uint96 minNet,uint64 transferNonce,uint64 counter,uint48 expiry,address taker,bytes32 salt)"
    );

    Points private immutable _points;
    Works private immutable _works;
    Workshop private immutable _workshop;
    RuleBook private immutable _ruleBook;
    address private immutable _treasury;

    mapping(bytes32 orderHash => bool) private _cancelled;

    mapping(address maker => uint64) private _counters;

    /// @notice `buyer` bought `tokenId` from `seller` for `price`, of which each recipient got what is named.
    event Sold(
        bytes32 indexed orderHash,
        uint256 indexed tokenId,
        address indexed buyer,
        address seller,
        uint256 price,
        uint256 sellerPaid,
        address creator,
        uint256 creatorPaid,
        address author,
        uint256 authorPaid,
        uint256 treasuryPaid
    );

    /// @notice `promoter` brought the buyer of the sale that follows, as the buyer says.
    event Promoted(bytes32 indexed orderHash, address indexed promoter);

    /// @notice `maker` cancelled one order.
    event Cancelled(bytes32 indexed orderHash, address indexed maker);

    /// @notice `maker` cancelled every order signed with a counter below `counter`.
    event CancelledAll(address indexed maker, uint64 counter);

    /// @notice The order was good until `expiry`.
    error OrderExpired(uint48 expiry);

    /// @notice The maker cancelled the order.
    error OrderCancelled(bytes32 orderHash);

    /// @notice The maker cancelled all orders up to counter `current`.
    error OrderCounterStale(uint64 counter, uint64 current);

    /// @notice The order is for `taker` alone.
    error OrderReserved(address taker);

    /// @notice The maker did not sign this order, for this contract, on this chain.
    error OrderSignatureInvalid(bytes32 orderHash);

    /// @notice The buyer is the maker.
    error OrderOwn();

    /// @notice A price must be more than nothing.
    error PriceZero();

    /// @notice The seller would get `net`, less than the `minNet` they signed.
    error NetBelowMinimum(uint256 net, uint256 minNet);

    /// @notice Only the maker may cancel an order.
    error NotMaker(address caller);

    /// @param authority who administers; nothing here is restricted yet
    /// @param forwarder whose requests carry their sender
    /// @param points what is paid in; this contract must be its module
    /// @param works what is sold; this contract must be its module
    /// @param workshop who knows a recipe's author
    /// @param ruleBook where fee and royalties are read
    /// @param treasury who gets the trading fee
    constructor(
        address authority,
        address forwarder,
        Points points,
        Works works,
        Workshop workshop,
        RuleBook ruleBook,
        address treasury
    ) Administered(authority, forwarder) EIP712("Atelier Market", "1") {
        _points = points;
        _works = works;
        _workshop = workshop;
        _ruleBook = ruleBook;
        _treasury = treasury;
    }

    /// @notice Buys the work of `order` for the sender, under `signature` of its maker: 65 bytes with low `s`, or what the
    /// maker's contract accepts (ERC-1271). `promoter` is who brought the buyer to it; zero if nobody did.
    /// @dev Reverts with one of the `Order…` errors, {PriceZero}, {NetBelowMinimum}, what {Works-sell} or {Points-settle}
    /// reverts with.
    function fill(Order calldata order, bytes calldata signature, address promoter) external {
        address buyer = _msgSender();
        bytes32 orderHash = hashOf(order);
        _checkOrder(order, orderHash, buyer);
        _checkSignature(order.maker, orderHash, signature);
        _works.sell(order.maker, buyer, order.tokenId, order.transferNonce);
        Split memory parts = _split(order.tokenId, order.maker, order.price);
        if (parts.sellerPaid < order.minNet) revert NetBelowMinimum(parts.sellerPaid, order.minNet);
        _pay(buyer, order.maker, parts);
        if (promoter != address(0)) emit Promoted(orderHash, promoter);
        emit Sold(
            orderHash,
            order.tokenId,
            buyer,
            order.maker,
            order.price,
            parts.sellerPaid,
            parts.creator,
            parts.creatorPaid,
            parts.author,
            parts.authorPaid,
            parts.treasuryPaid
        );
    }

    /// @notice Cancels the sender's `order`; it was never sent before, so the whole order is needed.
    function cancel(Order calldata order) external {
        address caller = _msgSender();
        if (caller != order.maker) revert NotMaker(caller);
        bytes32 orderHash = hashOf(order);
        if (_cancelled[orderHash]) revert OrderCancelled(orderHash);
        _cancelled[orderHash] = true;
        emit Cancelled(orderHash, caller);
    }

    /// @notice Cancels every order that the sender signed with the current counter.
    function cancelAll() external {
        address maker = _msgSender();
        uint64 counter = ++_counters[maker];
        emit CancelledAll(maker, counter);
    }

    /// @notice The EIP-712 hash of `order` for this contract on this chain.
    function hashOf(Order calldata order) public view returns (bytes32) {
        bytes32 typeHash = ORDER_TYPEHASH;
        bytes32 structHash;
        // The same as abi.encode(typeHash, order), whose nine words stand in the calldata already. Bits beyond a field's
        // width give a hash that nobody signed, and reading the field reverts.
        assembly ("memory-safe") {
            let encoded := mload(0x40)
            mstore(encoded, typeHash)
            calldatacopy(add(encoded, 0x20), order, 0x120)
            structHash := keccak256(encoded, 0x140)
        }
        return _hashTypedDataV4(structHash);
    }

    /// @notice The counter that `maker` must sign now.
    function counterOf(address maker) external view returns (uint64) {
        return _counters[maker];
    }

    /// @notice Whether the order of this hash was cancelled by itself.
    function isCancelled(bytes32 orderHash) external view returns (bool) {
        return _cancelled[orderHash];
    }

    /// @notice Who would get what if `seller` sold `tokenId` for `price` units now.
    function split(uint256 tokenId, address seller, uint256 price)
        external
        view
        returns (
            uint256 sellerPaid,
            address creator,
            uint256 creatorPaid,
            address author,
            uint256 authorPaid,
            uint256 treasuryPaid
        )
    {
        Split memory parts = _split(tokenId, seller, price);
        return (
            parts.sellerPaid, parts.creator, parts.creatorPaid, parts.author, parts.authorPaid, parts.treasuryPaid
        );
    }

    function _checkOrder(Order calldata order, bytes32 orderHash, address buyer) private view {
        if (order.price == 0) revert PriceZero();
        if (order.maker == buyer) revert OrderOwn();
        if (order.taker != address(0) && order.taker != buyer) revert OrderReserved(order.taker);
        if (block.timestamp > order.expiry) revert OrderExpired(order.expiry);
        uint64 current = _counters[order.maker];
        if (order.counter != current) revert OrderCounterStale(order.counter, current);
        if (_cancelled[orderHash]) revert OrderCancelled(orderHash);
    }

    /// @dev The key first: asking whether the maker has code would cost 2,600 gas in every sale.
    function _checkSignature(address maker, bytes32 orderHash, bytes calldata signature) private view {
        (address signer, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(orderHash, signature);
        if (problem == ECDSA.RecoverError.NoError && signer == maker) return;
        if (SignatureChecker.isValidERC1271SignatureNowCalldata(maker, orderHash, signature)) return;
        revert OrderSignatureInvalid(orderHash);
    }

    function _split(uint256 tokenId, address seller, uint256 price) private view returns (Split memory parts) {
        TradeRules rules = _ruleBook.trade();
        parts.treasuryPaid = rules.tradingFee(price);
        parts.creator = tokenId.creatorOf();
        if (parts.creator != seller) parts.creatorPaid = rules.creatorRoyalty(price);
        parts.author = _workshop.authorOf(tokenId.recipeOf());
        if (parts.author != address(0)) parts.authorPaid = rules.authorRoyalty(price);
        // The three shares' hard bounds are 45 % together, so the seller's rest is never below zero.
        parts.sellerPaid = price - parts.treasuryPaid - parts.creatorPaid - parts.authorPaid;
    }

    function _pay(address buyer, address seller, Split memory parts) private {
        Payee[] memory bill = Bill.open(4);
        bill.add(seller, parts.sellerPaid);
        bill.add(parts.creator, parts.creatorPaid);
        bill.add(parts.author, parts.authorPaid);
        bill.add(_treasury, parts.treasuryPaid);
        bill.settle(address(_points), buyer);
    }
}
