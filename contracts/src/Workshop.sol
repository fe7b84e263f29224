// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";
import {TradeRules} from "./lib/Rules.sol";
import {WorkId} from "./lib/WorkId.sol";
import {Points} from "./Points.sol";
import {RuleBook} from "./RuleBook.sol";
import {Supplies} from "./Supplies.sol";
import {Works} from "./Works.sol";

/// @title Workshop
/// @notice Where members propose recipes, buy supplies and make works. Each purchase and each making is one settlement.
contract Workshop is Administered {
    /// @notice One input of a recipe: pieces of a material, or uses of a tool.
    struct Input {
        uint32 supplyId;
        uint32 amount;
    }

    // Inputs are packed in 64 bits each: three beside the state, four in the next word, the eighth in a third.
    struct Recipe {
        address author;
        uint96 fee;
        uint8 status;
        uint8 inputs;
        uint32 made;
        uint192 first;
        uint256 second;
        uint64 third;
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
        Points.Payee[] memory payees = new Points.Payee[](lines.length + 1);
        uint256 used = _addSuppliers(payees, lines);
        used = _add(payees, used, _treasury, toTreasury);
        _settle(buyer, payees, used);
        _deliver(buyer, ids, amounts, lines);
    }

    /// @notice Makes a work from an approved `recipe` of what the sender has, for a fee of at most `maxCost` units.
    /// @param contentHash SHA-256 of the picture
    /// @return tokenId the new work, the sender's
    /// @dev Reverts with {RecipeNotApproved}, {CostAboveMaximum} or an ERC-6093 error.
    function craft(uint64 recipe, bytes32 contentHash, uint256 maxCost) external returns (uint256 tokenId) {
        address maker = _msgSender();
        Recipe storage known = _usable(recipe);
        uint256 fee = known.fee;
        _checkCost(fee, maxCost);
        uint256 toTreasury = _ruleBook.trade().recipeFeeToTreasury(fee);
        address author = known.author;
        Points.Payee[] memory payees = new Points.Payee[](2);
        uint256 used = _add(payees, 0, author, fee - toTreasury);
        used = _add(payees, used, _treasury, toTreasury);
        _settle(maker, payees, used);
        (uint256[] memory ids, uint256[] memory amounts) = _inputsOf(known);
        return _make(known, recipe, maker, contentHash, ids, amounts, fee - toTreasury, toTreasury);
    }

    /// @notice Buys exactly what the sender is missing for `recipe` and makes a work from it, for at most `maxCost` units
    /// in all, fee included.
    /// @param contentHash SHA-256 of the picture
    /// @return tokenId the new work, the sender's
    function buyAndCraft(uint64 recipe, bytes32 contentHash, uint256 maxCost) external returns (uint256 tokenId) {
        address maker = _msgSender();
        Recipe storage known = _usable(recipe);
        TradeRules rules = _ruleBook.trade();
        (uint256[] memory ids, uint256[] memory amounts) = _inputsOf(known);
        (uint256[] memory missingIds, uint256[] memory missing) = _missing(maker, ids, amounts);
        (Line[] memory lines, uint256 toSuppliers, uint256 toTreasury) = _price(missingIds, missing, rules);
        uint256 fee = known.fee;
        _checkCost(toSuppliers + toTreasury + fee, maxCost);
        uint256 feeToTreasury = rules.recipeFeeToTreasury(fee);
        Points.Payee[] memory payees = new Points.Payee[](lines.length + 2);
        uint256 used = _addSuppliers(payees, lines);
        used = _add(payees, used, known.author, fee - feeToTreasury);
        used = _add(payees, used, _treasury, toTreasury + feeToTreasury);
        _settle(maker, payees, used);
        if (missingIds.length != 0) _deliver(maker, missingIds, missing, lines);
        return _make(known, recipe, maker, contentHash, ids, amounts, fee - feeToTreasury, feeToTreasury);
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

    function _usable(uint64 recipe) private view returns (Recipe storage known) {
        known = _recipes[recipe];
        if (known.status != APPROVED) revert RecipeNotApproved(recipe, known.status);
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
        uint256[3] memory words;
        for (uint256 i = 0; i < inputs.length; ++i) {
            (uint256 word, uint256 shift) = _place(i);
            words[word] |= ((uint256(inputs[i].supplyId) << 32) | inputs[i].amount) << shift;
        }
        known.author = author;
        known.fee = fee;
        known.status = PROPOSED;
        known.inputs = uint8(inputs.length);
        known.first = uint192(words[0]);
        if (inputs.length > 3) known.second = words[1];
        if (inputs.length > 7) known.third = uint64(words[2]);
    }

    function _inputsOf(Recipe storage known)
        private
        view
        returns (uint256[] memory ids, uint256[] memory amounts)
    {
        uint256 length = known.inputs;
        uint256[3] memory words = [uint256(known.first), 0, 0];
        if (length > 3) words[1] = known.second;
        if (length > 7) words[2] = known.third;
        ids = new uint256[](length);
        amounts = new uint256[](length);
        for (uint256 i = 0; i < length; ++i) {
            (uint256 word, uint256 shift) = _place(i);
            uint256 packed = words[word] >> shift;
            ids[i] = uint32(packed >> 32);
            amounts[i] = uint32(packed);
        }
    }

    function _place(uint256 index) private pure returns (uint256 word, uint256 shift) {
        if (index < 3) return (0, 64 * index);
        if (index < 7) return (1, 64 * (index - 3));
        return (2, 0);
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

    function _addSuppliers(Points.Payee[] memory payees, Line[] memory lines) private pure returns (uint256 used) {
        for (uint256 i = 0; i < lines.length; ++i) {
            used = _add(payees, used, lines[i].supplier, lines[i].supplierPaid);
        }
    }

    function _add(Points.Payee[] memory payees, uint256 used, address to, uint256 amount)
        private
        pure
        returns (uint256)
    {
        if (amount == 0) return used;
        payees[used] = Points.Payee(to, amount);
        return used + 1;
    }

    function _settle(address payer, Points.Payee[] memory payees, uint256 used) private {
        if (used == 0) return;
        // Cut to the payees who get something; `used` is at most the length that was allocated.
        assembly ("memory-safe") {
            mstore(payees, used)
        }
        _points.settle(payer, payees);
    }

    function _deliver(address buyer, uint256[] memory ids, uint256[] memory amounts, Line[] memory lines) private {
        _supplies.sell(buyer, ids, amounts);
        for (uint256 i = 0; i < ids.length; ++i) {
            Line memory line = lines[i];
            emit Bought(buyer, ids[i], line.supplier, amounts[i], line.supplierPaid, line.treasuryPaid);
        }
    }

    function _make(
        Recipe storage known,
        uint64 recipe,
        address maker,
        bytes32 contentHash,
        uint256[] memory ids,
        uint256[] memory amounts,
        uint256 authorPaid,
        uint256 treasuryPaid
    ) private returns (uint256 tokenId) {
        tokenId = WorkId.pack(recipe, maker, ++known.made);
        if (ids.length != 0) _supplies.consume(maker, ids, amounts);
        _works.mint(tokenId, contentHash);
        emit Crafted(tokenId, recipe, maker, authorPaid, treasuryPaid);
    }
}
