// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {Administered} from "./access/Administered.sol";
import {Modular} from "./access/Modular.sol";

/// @title Supplies
/// @notice Materials and tools. A tool is a stack of uses: wear burns one, refilling buys more.
/// @dev Stock is what the supplier holds; there is no second count of it.
contract Supplies is ERC1155, Modular {
    /// @notice Burned as it is, or use by use.
    enum Kind {
        Material,
        Tool
    }

    /// @notice One word: what it is, who is paid, and how many units one piece (of a tool: one use) costs.
    struct Supply {
        Kind kind;
        address supplier;
        uint88 price;
    }

    mapping(uint256 id => Supply) private _supplies;

    uint256 private _count;

    /// @notice `supplier` offers a new supply.
    event SupplyDefined(uint256 indexed id, uint8 kind, address indexed supplier, uint256 price, string name);

    /// @notice The price was `before` and is `current`, in units.
    event PriceChanged(uint256 indexed id, uint256 before, uint256 current);

    /// @notice `amount` pieces were added to `supplier`'s stock.
    event Restocked(uint256 indexed id, address indexed supplier, uint256 amount);

    /// @notice The supplier has `left` pieces, `wanted` were asked for.
    error OutOfStock(uint256 id, uint256 wanted, uint256 left);

    /// @notice There is no supply `id`.
    error UnknownSupply(uint256 id);

    /// @notice A supply needs a supplier.
    error SupplierMissing();

    /// @param authority who may define, price and restock, and set modules
    /// @param forwarder whose requests carry their sender
    /// @param uri_ ERC-1155 metadata URI with `{id}`
    constructor(address authority, address forwarder, string memory uri_)
        ERC1155(uri_)
        Administered(authority, forwarder)
    {}

    /// @notice Offers a new supply at `price` units a piece (of a tool: a use), `stock` of which go to `supplier`.
    /// @return id its number, from 1 on
    function defineSupply(Kind kind, address supplier, uint88 price, uint256 stock, string calldata name)
        external
        restricted
        returns (uint256 id)
    {
        if (supplier == address(0)) revert SupplierMissing();
        id = ++_count;
        _supplies[id] = Supply(kind, supplier, price);
        emit SupplyDefined(id, uint8(kind), supplier, price, name);
        if (stock != 0) _mint(supplier, id, stock, "");
    }

    /// @notice Sets the price of one piece, in units.
    function setPrice(uint256 id, uint88 price) external restricted {
        (,, uint88 before) = supplyOf(id);
        _supplies[id].price = price;
        emit PriceChanged(id, before, price);
    }

    /// @notice Adds `amount` pieces to the supplier's stock.
    function restock(uint256 id, uint256 amount) external restricted {
        (, address supplier,) = supplyOf(id);
        emit Restocked(id, supplier, amount);
        _mint(supplier, id, amount, "");
    }

    /// @notice What `id` is, who is paid for it, and its price in units.
    function supplyOf(uint256 id) public view returns (Kind kind, address supplier, uint88 price) {
        Supply memory supply = _supplies[id];
        if (supply.supplier == address(0)) revert UnknownSupply(id);
        return (supply.kind, supply.supplier, supply.price);
    }

    /// @notice How many supplies there are; the last one's number.
    function count() external view returns (uint256) {
        return _count;
    }

    /// @notice Moves `amounts` of `ids` from their suppliers' stock to `buyer`. Only modules, who see to the payment.
    /// @dev Reverts with {NotModule}, {UnknownSupply} or {OutOfStock}.
    function sell(address buyer, uint256[] calldata ids, uint256[] calldata amounts) external onlyModule {
        if (ids.length != amounts.length) revert ERC1155InvalidArrayLength(ids.length, amounts.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            (, address supplier,) = supplyOf(ids[i]);
            uint256 left = balanceOf(supplier, ids[i]);
            if (amounts[i] > left) revert OutOfStock(ids[i], amounts[i], left);
            _safeTransferFrom(supplier, buyer, ids[i], amounts[i], "");
        }
    }

    /// @notice Burns `amounts` of `ids` of `holder`. Only modules, on behalf of the holder.
    /// @dev Reverts with {NotModule} or `ERC1155InsufficientBalance`.
    function consume(address holder, uint256[] calldata ids, uint256[] calldata amounts) external onlyModule {
        _burnBatch(holder, _copyOf(ids), _copyOf(amounts));
    }

    /// @dev Solidity copies word by word and pays 50 gas for each.
    function _copyOf(uint256[] calldata words) private pure returns (uint256[] memory copy) {
        // The length, then the words at once; room for both is taken first.
        assembly ("memory-safe") {
            let size := shl(5, words.length)
            copy := mload(0x40)
            mstore(0x40, add(copy, add(size, 0x20)))
            mstore(copy, words.length)
            calldatacopy(add(copy, 0x20), words.offset, size)
        }
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
