// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ERC721} from "solady/src/tokens/ERC721.sol";
import {Modular} from "./access/Modular.sol";
import {Administered} from "./access/Administered.sol";
import {Rules, TradeRules} from "./lib/Rules.sol";
import {WorkId} from "./lib/WorkId.sol";
import {RuleBook} from "./RuleBook.sol";

/// @title Works
/// @notice What members make. A work's id names its recipe and its creator; trade mode and holding period hold for every
/// transfer, and every transfer ends all listings of the work.
/// @dev On Solady's ERC721, whose owner word has 96 spare bits: the transfer nonce (48) and the time acquired (48) live
/// there, so that an order bound to the nonce needs no storage of its own. Solady knows nothing of ERC-2771, so approve,
/// setApprovalForAll and transferFrom pass `_msgSender()` on as `by`.
contract Works is ERC721, Modular, IERC2981 {
    using WorkId for uint256;

    /// @notice How many parents a work may name.
    uint256 public constant MAX_PARENTS = 8;

    RuleBook private immutable _ruleBook;

    string private _baseURI;

    /// @notice `tokenId` was made; `contentHash` is the SHA-256 of the stored picture.
    event Minted(uint256 indexed tokenId, bytes32 contentHash);

    /// @notice `tokenId`, just made, is a remix of `parents`, as its creator says.
    event Remixed(uint256 indexed tokenId, uint256[] parents);

    /// @notice ERC-4906: the metadata of `tokenId` changed.
    event MetadataUpdate(uint256 tokenId);

    /// @notice ERC-4906: the metadata of all from `fromTokenId` to `toTokenId` changed.
    event BatchMetadataUpdate(uint256 fromTokenId, uint256 toTokenId);

    /// @notice ERC-7572: the collection's metadata changed.
    event ContractURIUpdated();

    /// @notice The order was signed for transfer nonce `transferNonce`, the work has `current`.
    error OrderStale(uint256 tokenId, uint64 transferNonce, uint64 current);

    /// @notice The work belongs to `owner`, not to the order's maker.
    error OrderNotByOwner(address owner);

    /// @notice The trade mode in force forbids this way of moving works.
    error TradeModeForbids(uint256 mode);

    /// @notice The work stays where it is until `until`, in seconds since 1970.
    error HoldingPeriodRunning(uint256 tokenId, uint256 until);

    /// @notice `parents` are more than {MAX_PARENTS}.
    error TooManyParents(uint256 parents);

    /// @notice There is no work `parent`.
    error UnknownParent(uint256 parent);

    /// @notice The work `parent` is named twice.
    error DuplicateParent(uint256 parent);

    /// @notice Ether was sent along; nobody could ever take it out.
    error EtherNotAccepted();

    /// @param authority who may set the base URI and modules
    /// @param forwarder whose requests carry their sender
    /// @param ruleBook where trade mode, holding period and royalty are read
    /// @param baseURI_ what a token's decimal id is appended to
    constructor(address authority, address forwarder, RuleBook ruleBook, string memory baseURI_)
        Administered(authority, forwarder)
    {
        _ruleBook = ruleBook;
        _baseURI = baseURI_;
    }

    /// @notice The collection's name.
    function name() public pure override returns (string memory) {
        return "Atelier Works";
    }

    /// @notice The collection's symbol.
    function symbol() public pure override returns (string memory) {
        return "WORK";
    }

    /// @notice Makes `tokenId` for the creator that it names. Only modules.
    /// @dev Reverts with {NotModule} or Solady's `TokenAlreadyExists`.
    function mint(uint256 tokenId, bytes32 contentHash) external onlyModule {
        _make(tokenId, contentHash);
    }

    /// @notice As {mint}, as a remix of `parents`. Only modules.
    /// @dev Reverts with {TooManyParents}, {UnknownParent}, {DuplicateParent} or what {mint} reverts with. Parents are older
    /// than their child, so nothing descends from itself.
    function mintRemix(uint256 tokenId, bytes32 contentHash, uint256[] calldata parents) external onlyModule {
        _checkParents(parents);
        _make(tokenId, contentHash);
        emit Remixed(tokenId, parents);
    }

    /// @notice Hands `tokenId`, sold, from `from` to `to`, if it is still in the state that `from` signed. Only modules.
    /// @dev Reverts with {NotModule}, {TradeModeForbids}, {OrderStale}, {OrderNotByOwner} or {HoldingPeriodRunning}.
    function sell(address from, address to, uint256 tokenId, uint64 transferNonce) external onlyModule {
        TradeRules rules = _ruleBook.trade();
        uint256 mode = rules.tradeMode();
        if (mode < Rules.MODE_FIXED) revert TradeModeForbids(mode);
        uint96 extra = _getExtraData(tokenId);
        if (uint48(extra) != transferNonce) revert OrderStale(tokenId, transferNonce, uint48(extra));
        address owner = _ownerOf(tokenId);
        if (owner != from) revert OrderNotByOwner(owner);
        _checkHeld(rules, tokenId, extra);
        _transfer(from, to, tokenId);
    }

    /// @notice Moves `tokenId`; the sender is its owner or approved, and the mode is gift or full.
    function transferFrom(address from, address to, uint256 tokenId) public payable override {
        if (msg.value != 0) revert EtherNotAccepted();
        TradeRules rules = _ruleBook.trade();
        uint256 mode = rules.tradeMode();
        if (mode != Rules.MODE_GIFT && mode != Rules.MODE_FULL) revert TradeModeForbids(mode);
        _checkHeld(rules, tokenId, _getExtraData(tokenId));
        _transfer(_msgSender(), from, to, tokenId);
    }

    /// @notice Lets `account` move `tokenId`.
    function approve(address account, uint256 tokenId) public payable override {
        if (msg.value != 0) revert EtherNotAccepted();
        _approve(_msgSender(), account, tokenId);
    }

    /// @notice Lets `operator` move all works of the sender, or no longer.
    function setApprovalForAll(address operator, bool approved) public override {
        _setApprovalForAll(_msgSender(), operator, approved);
    }

    /// @notice The work's owner (zero if there is no such work), how often it was transferred, and since when the owner
    /// has it, in seconds since 1970.
    function stateOf(uint256 tokenId) public view returns (address owner, uint48 transferNonce, uint48 acquiredAt) {
        uint96 extra = _getExtraData(tokenId);
        return (_ownerOf(tokenId), uint48(extra), uint48(extra >> 48));
    }

    /// @notice Sets what a token's decimal id is appended to.
    function setBaseURI(string calldata baseURI_) external restricted {
        _baseURI = baseURI_;
        emit BatchMetadataUpdate(0, type(uint256).max);
        emit ContractURIUpdated();
    }

    /// @notice The address of the work's metadata: the base URI and the decimal id.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        ownerOf(tokenId);
        return string.concat(_baseURI, Strings.toString(tokenId));
    }

    /// @notice ERC-7572: the address of the collection's metadata.
    function contractURI() external view returns (string memory) {
        return string.concat(_baseURI, "collection");
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256 tokenId, uint256 salePrice) external view returns (address, uint256) {
        return (tokenId.creatorOf(), _ruleBook.trade().creatorRoyalty(salePrice));
    }

    /// @notice ERC-165: ERC-721 with metadata, ERC-2981, ERC-4906.
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || interfaceId == bytes4(0x49064906)
            || super.supportsInterface(interfaceId);
    }

    /// @dev Every transfer of a work, whatever its way, passes here: it dates the ownership and ends all listings.
    function _afterTokenTransfer(address from, address, uint256 tokenId) internal override {
        if (from == address(0)) return;
        // Wraps after 2^48 transfers of one work, which no chain will see.
        unchecked {
            _setExtraData(tokenId, _extra(uint48(_getExtraData(tokenId)) + 1));
        }
    }

    function _extra(uint48 transfers) private view returns (uint96) {
        return (uint96(block.timestamp) << 48) | transfers;
    }

    function _make(uint256 tokenId, bytes32 contentHash) private {
        if (_exists(tokenId)) revert TokenAlreadyExists();
        _mintAndSetExtraDataUnchecked(tokenId.creatorOf(), tokenId, _extra(0));
        emit Minted(tokenId, contentHash);
    }

    function _checkParents(uint256[] calldata parents) private view {
        if (parents.length > MAX_PARENTS) revert TooManyParents(parents.length);
        for (uint256 i = 0; i < parents.length; ++i) {
            uint256 parent = parents[i];
            if (!_exists(parent)) revert UnknownParent(parent);
            for (uint256 j = 0; j < i; ++j) {
                if (parents[j] == parent) revert DuplicateParent(parent);
            }
        }
    }

    function _checkHeld(TradeRules rules, uint256 tokenId, uint96 extra) private view {
        uint256 until = (extra >> 48) + rules.holdingPeriod();
        if (block.timestamp < until) revert HoldingPeriodRunning(tokenId, until);
    }
}
