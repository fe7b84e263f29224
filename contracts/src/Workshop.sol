// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Administered} from "./access/Administered.sol";
import {Bill, Payee} from "./lib/Bill.sol";
import {TradeRules} from "./lib/Rules.sol";
import {WorkId} from "./lib/WorkId.sol";
import {Points} from "./Points.sol";
import {RuleBook} from "./RuleBook.sol";
import {Supplies} from "./Supplies.sol";
import {Works} from "./Works.sol";

/// @title Workshop
/// @notice Where members propose recipes, buy supplies and make works. Each purchase and each making is one settlement.
contract Workshop is Administered {
    using Bill for Payee[];

    /// @notice One input of a recipe: pieces of a material, or uses of a tool.
    struct Input {
        uint32 supplyId;
        uint32 amount;
    }

    // One word for who and what it costs, one for every four inputs: an input's lower half is the supply, the upper half
    // the amount, and the first input lies lowest.
    struct Recipe {
        address author;
        uint48 fee;
        uint32 made;
        uint8 status;
        uint8 length;
        uint256 first;
        uint256 second;
    }

    // A work being made: its id, and what the recipe says.
    struct Making {
        uint256 tokenId;
        address author;
        uint256 fee;
        uint256[] ids;
        uint256[] amounts;
    }

    // What one supply costs: the supplier's part and the platform's (margin or wear).
    struct Line {
        address supplier;
        uint256 supplierPaid;
        uint256 treasuryPaid;
    }

    /// @notice How many inputs a recipe may have.
    uint256 public constant MAX_INPUTS = 8;

    uint8 private constant PROPOSED = 1;
    uint8 private constant APPROVED = 2;
    uint8 private constant RETIRED = 3;

    Points private immutable _points;
    Supplies private immutable _supplies;
    Works private immutable _works;
    RuleBook private immutable _ruleBook;
    address private immutable _treasury;

    mapping(uint64 recipe => Recipe) private _recipes;

    uint64 private _count;

    /// @notice `author` proposed `recipe`, a new version of `supersedes` unless that is 0.
    event RecipeProposed(
        uint64 indexed recipe,
        address indexed author,
        uint64 indexed supersedes,
        uint96 fee,
        Input[] inputs,
        bytes32 definitionHash
    );

    /// @notice Works may be made from `recipe`.
    event RecipeApproved(uint64 indexed recipe);

    /// @notice No more works can be made from `recipe`.
    event RecipeRetired(uint64 indexed recipe);

    /// @notice `buyer` bought; `treasuryPaid` is the margin of a material or the wear of a tool.
    event Bought(
        address indexed buyer,
        uint256 indexed supplyId,
        address indexed supplier,
        uint256 amount,
        uint256 supplierPaid,
        uint256 treasuryPaid
    );

    /// @notice `creator` made `tokenId` from `recipe` and paid its fee in two parts.
    event Crafted(
        uint256 indexed tokenId,
        uint64 indexed recipe,
        address indexed creator,
        uint256 authorPaid,
        uint256 treasuryPaid
    );

    /// @notice There is no `recipe`.
    error UnknownRecipe(uint64 recipe);

    /// @notice `recipe` is not approved but in `status` (0 none, 1 proposed, 3 retired).
    error RecipeNotApproved(uint64 recipe, uint8 status);

    /// @notice `recipe` does not await approval but is in `status`.
    error RecipeNotProposed(uint64 recipe, uint8 status);

    /// @notice `recipe` is retired already.
    error RecipeAlreadyRetired(uint64 recipe);

    /// @notice Only the author of `recipe` may supersede it.
    error NotRecipeAuthor(uint64 recipe, address author);

    /// @notice It costs `cost` units, the buyer agreed to `maxCost`.
    error CostAboveMaximum(uint256 cost, uint256 maxCost);

    /// @notice `inputs` are more than {MAX_INPUTS}.
    error TooManyInputs(uint256 inputs);

    /// @notice The fee is above `max` units, more than any settlement may move.
    error FeeTooHigh(uint256 fee, uint256 max);

    /// @notice Supply `id` is named twice.
    error DuplicateInput(uint256 id);

    /// @notice None of supply `id` is asked for.
    error ZeroAmount(uint256 id);

    /// @notice Not one amount for each supply, or none at all.
    error PurchaseLengthMismatch(uint256 ids, uint256 amounts);

    /// @param authority who may approve and retire recipes
    /// @param forwarder whose requests carry their sender
    /// @param points what is paid in; this contract must be its module
    /// @param supplies what is bought and used; this contract must be its module
    /// @param works what is made; this contract must be its module
    /// @param ruleBook where margin, wear and fee shares are read
    /// @param treasury who gets the platform's parts
    constructor(
        address authority,
        address forwarder,
        Points points,
        Supplies supplies,
        Works works,
        RuleBook ruleBook,
        address treasury
    ) Administered(authority, forwarder) {
        _points = points;
        _supplies = supplies;
        _works = works;
        _ruleBook = ruleBook;
        _treasury = treasury;
    }

    /// @notice Proposes a recipe with the sender as its author; it can be used once approved.
    /// @param fee units that each making pays
    /// @param inputs what each making burns, at most {MAX_INPUTS}, each supply once
    /// @param definitionHash hash of the recipe's full text, kept elsewhere
    /// @param supersedes the recipe of the same author that this is a new version of, or 0
    /// @return recipe its number, from 1 on
    function propose(uint96 fee, Input[] calldata inputs, bytes32 definitionHash, uint64 supersedes)
        external
        returns (uint64 recipe)
    {
        address author = _msgSender();
        if (supersedes != 0) {
            address before = _known(supersedes).author;
            if (before != author) revert NotRecipeAuthor(supersedes, before);
        }
        _checkInputs(inputs);
        recipe = ++_count;
        _store(_recipes[recipe], author, fee, inputs);
        emit RecipeProposed(recipe, author, supersedes, fee, inputs, definitionHash);
    }

    /// @notice Lets works be made from a proposed `recipe`.
    function approve(uint64 recipe) external restricted {
        Recipe storage known = _known(recipe);
        if (known.status != PROPOSED) revert RecipeNotProposed(recipe, known.status);
        known.status = APPROVED;
        emit RecipeApproved(recipe);
    }

    /// @notice Ends the use of `recipe`, for good.
    function retire(uint64 recipe) external restricted {
        Recipe storage known = _known(recipe);
        if (known.status == RETIRED) revert RecipeAlreadyRetired(recipe);
        known.status = RETIRED;
        emit RecipeRetired(recipe);
    }

    /// @notice Buys `amounts` of `ids` for the sender, for at most `maxCost` units in all.
    /// @dev Reverts with {CostAboveMaximum}, {ZeroAmount}, `UnknownSupply`, `OutOfStock` or an ERC-6093 error.
    function buy(uint256[] calldata ids, uint256[] calldata amounts, uint256 maxCost) external {
        if (ids.length != amounts.length || ids.length == 0) revert PurchaseLengthMismatch(ids.length, amounts.length);
        address buyer = _msgSender();
        (Line[] memory lines, uint256 toSuppliers, uint256 toTreasury) = _price(ids, amounts, _ruleBook.trade());
        _checkCost(toSuppliers + toTreasury, maxCost);
        Payee[] memory bill = _billOf(lines);
        bill.add(_treasury, toTreasury);
        _settle(buyer, bill);
        _deliver(buyer, ids, amounts, lines);
    }

    /// @notice Makes a work from an approved `recipe` of what the sender has, for a fee of at most `maxCost` units.
    /// @param contentHash SHA-256 of the picture
    /// @param parents the works that it is a remix of, if any
    /// @return tokenId the new work, the sender's
    /// @dev Reverts with {RecipeNotApproved}, {CostAboveMaximum}, what {Works-mintRemix} reverts with or an ERC-6093 error.
    function craft(uint64 recipe, bytes32 contentHash, uint256[] calldata parents, uint256 maxCost)
        external
        returns (uint256 tokenId)
    {
        address maker = _msgSender();
        Making memory making = _begin(recipe, maker);
        _checkCost(making.fee, maxCost);
        uint256 toTreasury = _ruleBook.trade().recipeFeeToTreasury(making.fee);
        Payee[] memory bill = Bill.open(2);
        bill.add(making.author, making.fee - toTreasury);
        bill.add(_treasury, toTreasury);
        _settle(maker, bill);
        return _finish(making, maker, contentHash, parents, toTreasury);
    }

    /// @notice Buys exactly what the sender is missing for `recipe` and makes a work from it, for at most `maxCost` units
    /// in all, fee included.
    /// @param contentHash SHA-256 of the picture
    /// @param parents the works that it is a remix of, if any
    /// @return tokenId the new work, the sender's
    function buyAndCraft(uint64 recipe, bytes32 contentHash, uint256[] calldata parents, uint256 maxCost)
        external
        returns (uint256 tokenId)
    {
        address maker = _msgSender();
        Making memory making = _begin(recipe, maker);
        uint256 feeToTreasury = _buyMissing(making, maker, maxCost);
        return _finish(making, maker, contentHash, parents, feeToTreasury);
    }

    /// @notice Who wrote `recipe` and gets its royalty; zero if there is no such recipe.
    function authorOf(uint64 recipe) external view returns (address) {
        return _recipes[recipe].author;
    }

    /// @notice How many recipes were proposed; the last one's number.
    function recipeCount() external view returns (uint64) {
        return _count;
    }

    /// @notice All that is stored of `recipe`: `status` is 0 none, 1 proposed, 2 approved, 3 retired; `made` counts works.
    function recipeOf(uint64 recipe)
        external
        view
        returns (address author, uint96 fee, uint8 status, uint32 made, Input[] memory inputs)
    {
        Recipe storage known = _recipes[recipe];
        (uint256[] memory ids, uint256[] memory amounts) = _inputsOf(known);
        inputs = new Input[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            inputs[i] = Input(uint32(ids[i]), uint32(amounts[i]));
        }
        return (known.author, known.fee, known.status, known.made, inputs);
    }

    /// @notice What {buyAndCraft} would cost `maker` now: for each input what is missing and what it costs, in units.
    /// @return ids the recipe's supplies
    /// @return missing how many of each `maker` would have to buy
    /// @return supplierCost what the supplier of each gets
    /// @return platformCost what the treasury gets on each (margin or wear)
    /// @return authorFee the author's part of the recipe fee
    /// @return treasuryFee the treasury's part of it
    /// @return total all of it
    function quote(address maker, uint64 recipe)
        external
        view
        returns (
            uint256[] memory ids,
            uint256[] memory missing,
            uint256[] memory supplierCost,
            uint256[] memory platformCost,
            uint256 authorFee,
            uint256 treasuryFee,
            uint256 total
        )
    {
        Recipe storage known = _known(recipe);
        TradeRules rules = _ruleBook.trade();
        (ids, missing) = _inputsOf(known);
        supplierCost = new uint256[](ids.length);
        platformCost = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            missing[i] = _shortage(maker, ids[i], missing[i]);
            Line memory line = _priceOf(ids[i], missing[i], rules);
            supplierCost[i] = line.supplierPaid;
            platformCost[i] = line.treasuryPaid;
            total += line.supplierPaid + line.treasuryPaid;
        }
        treasuryFee = rules.recipeFeeToTreasury(known.fee);
        authorFee = known.fee - treasuryFee;
        total += known.fee;
    }

    function _known(uint64 recipe) private view returns (Recipe storage known) {
        known = _recipes[recipe];
        if (known.status == 0) revert UnknownRecipe(recipe);
    }

    /// @dev Reads the recipe and counts the work before anything is called: each word is then read once.
    function _begin(uint64 recipe, address maker) private returns (Making memory making) {
        Recipe storage known = _recipes[recipe];
        if (known.status != APPROVED) revert RecipeNotApproved(recipe, known.status);
        making.author = known.author;
        making.fee = known.fee;
        (making.ids, making.amounts) = _inputsOf(known);
        making.tokenId = WorkId.pack(recipe, maker, ++known.made);
    }

    /// @dev Pays what `maker` is missing and the recipe's fee in one settlement, and delivers.
    function _buyMissing(Making memory making, address maker, uint256 maxCost)
        private
        returns (uint256 feeToTreasury)
    {
        TradeRules rules = _ruleBook.trade();
        (uint256[] memory missingIds, uint256[] memory missing) = _missing(maker, making.ids, making.amounts);
        (Line[] memory lines, uint256 toSuppliers, uint256 toTreasury) = _price(missingIds, missing, rules);
        _checkCost(toSuppliers + toTreasury + making.fee, maxCost);
        feeToTreasury = rules.recipeFeeToTreasury(making.fee);
        Payee[] memory bill = _billOf(lines);
        bill.add(making.author, making.fee - feeToTreasury);
        bill.add(_treasury, toTreasury + feeToTreasury);
        _settle(maker, bill);
        if (missingIds.length != 0) _deliver(maker, missingIds, missing, lines);
    }

    function _finish(
        Making memory making,
        address maker,
        bytes32 contentHash,
        uint256[] calldata parents,
        uint256 feeToTreasury
    ) private returns (uint256 tokenId) {
        tokenId = making.tokenId;
        if (making.ids.length != 0) _consume(maker, making.ids, making.amounts);
        if (parents.length == 0) _works.mint(tokenId, contentHash);
        else _works.mintRemix(tokenId, contentHash, parents);
        emit Crafted(tokenId, WorkId.recipeOf(tokenId), maker, making.fee - feeToTreasury, feeToTreasury);
    }

    /// @dev `_supplies.consume(holder, ids, amounts)`, with both arrays copied as a whole: word by word, as Solidity encodes
    /// arrays, costs a making eight hundred gas more.
    function _consume(address holder, uint256[] memory ids, uint256[] memory amounts) private {
        bytes4 selector = Supplies.consume.selector;
        bytes memory data;
        // Selector, holder, the two arrays' offsets, the two arrays with their lengths; then the free pointer moves past it.
        assembly ("memory-safe") {
            let size := shl(5, add(mload(ids), 1))
            data := mload(0x40)
            mstore(data, add(0x64, shl(1, size)))
            mstore(add(data, 0x20), selector)
            mstore(add(data, 0x24), and(holder, 0xffffffffffffffffffffffffffffffffffffffff))
            mstore(add(data, 0x44), 0x60)
            mstore(add(data, 0x64), add(0x60, size))
            mcopy(add(data, 0x84), ids, size)
            mcopy(add(add(data, 0x84), size), amounts, size)
            mstore(0x40, add(add(data, 0xa0), shl(1, size)))
        }
        Address.functionCall(address(_supplies), data);
    }

    function _checkCost(uint256 cost, uint256 maxCost) private pure {
        if (cost > maxCost) revert CostAboveMaximum(cost, maxCost);
    }

    function _checkInputs(Input[] calldata inputs) private view {
        if (inputs.length > MAX_INPUTS) revert TooManyInputs(inputs.length);
        for (uint256 i = 0; i < inputs.length; ++i) {
            uint32 id = inputs[i].supplyId;
            if (inputs[i].amount == 0) revert ZeroAmount(id);
            _supplies.supplyOf(id);
            for (uint256 j = 0; j < i; ++j) {
                if (inputs[j].supplyId == id) revert DuplicateInput(id);
            }
        }
    }

    function _store(Recipe storage known, address author, uint96 fee, Input[] calldata inputs) private {
        if (fee > type(uint48).max) revert FeeTooHigh(fee, type(uint48).max);
        known.author = author;
        known.fee = uint48(fee);
        known.status = PROPOSED;
        known.length = uint8(inputs.length);
        if (inputs.length > 0) known.first = _pack(inputs, 0);
        if (inputs.length > 4) known.second = _pack(inputs, 4);
    }

    function _pack(Input[] calldata inputs, uint256 from) private pure returns (uint256 packed) {
        for (uint256 i = from; i < inputs.length && i < from + 4; ++i) {
            packed |= (inputs[i].supplyId | (uint256(inputs[i].amount) << 32)) << (64 * (i - from));
        }
    }

    function _inputsOf(Recipe storage known)
        private
        view
        returns (uint256[] memory ids, uint256[] memory amounts)
    {
        uint256 length = known.length;
        uint256 first = known.first;
        uint256 second = length > 4 ? known.second : 0;
        // Two arrays side by side, every word of which is written here: zeroing them first and checking each index, as
        // Solidity does, would cost a making about a thousand gas.
        assembly ("memory-safe") {
            let size := shl(5, add(length, 1))
            ids := mload(0x40)
            amounts := add(ids, size)
            mstore(0x40, add(amounts, size))
            mstore(ids, length)
            mstore(amounts, length)
            let packed := first
            for { let at := 0x20 } lt(at, size) { at := add(at, 0x20) } {
                if eq(at, 0xa0) { packed := second }
                mstore(add(ids, at), and(packed, 0xffffffff))
                mstore(add(amounts, at), and(shr(32, packed), 0xffffffff))
                packed := shr(64, packed)
            }
        }
    }

    function _shortage(address maker, uint256 id, uint256 needed) private view returns (uint256) {
        uint256 held = _supplies.balanceOf(maker, id);
        return held < needed ? needed - held : 0;
    }

    function _missing(address maker, uint256[] memory ids, uint256[] memory needed)
        private
        view
        returns (uint256[] memory missingIds, uint256[] memory missing)
    {
        missingIds = new uint256[](ids.length);
        missing = new uint256[](ids.length);
        uint256 found = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 shortage = _shortage(maker, ids[i], needed[i]);
            if (shortage == 0) continue;
            missingIds[found] = ids[i];
            missing[found++] = shortage;
        }
        // Both arrays were made as long as they could get and are cut to what was found; memory is never reused.
        assembly ("memory-safe") {
            mstore(missingIds, found)
            mstore(missing, found)
        }
    }

    function _price(uint256[] memory ids, uint256[] memory amounts, TradeRules rules)
        private
        view
        returns (Line[] memory lines, uint256 toSuppliers, uint256 toTreasury)
    {
        lines = new Line[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            if (amounts[i] == 0) revert ZeroAmount(ids[i]);
            Line memory line = _priceOf(ids[i], amounts[i], rules);
            lines[i] = line;
            toSuppliers += line.supplierPaid;
            toTreasury += line.treasuryPaid;
        }
    }

    function _priceOf(uint256 id, uint256 amount, TradeRules rules) private view returns (Line memory line) {
        (Supplies.Kind kind, address supplier, uint88 price) = _supplies.supplyOf(id);
        line.supplier = supplier;
        line.supplierPaid = price * amount;
        line.treasuryPaid =
            kind == Supplies.Kind.Tool ? rules.toolWear() * amount : rules.materialMargin(line.supplierPaid);
    }

    /// @dev The suppliers of `lines`, with room for an author and the treasury.
    function _billOf(Line[] memory lines) private pure returns (Payee[] memory bill) {
        bill = Bill.open(lines.length + 2);
        for (uint256 i = 0; i < lines.length; ++i) {
            bill.add(lines[i].supplier, lines[i].supplierPaid);
        }
    }

    function _settle(address payer, Payee[] memory bill) private {
        if (bill.length != 0) bill.settle(address(_points), payer);
    }

    function _deliver(address buyer, uint256[] memory ids, uint256[] memory amounts, Line[] memory lines) private {
        _supplies.sell(buyer, ids, amounts);
        for (uint256 i = 0; i < ids.length; ++i) {
            Line memory line = lines[i];
            emit Bought(buyer, ids[i], line.supplier, amounts[i], line.supplierPaid, line.treasuryPaid);
        }
    }
}
