// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ERC721} from "solady/src/tokens/ERC721.sol";
import {Administered} from "./access/Administered.sol";
import {RuleBook} from "./RuleBook.sol";

/// @title Seats
/// @notice Membership with a vote: one seat per address, numbered from 1, never sold. Seats are issued under a budget per
/// epoch, are taken away by a vote alone, and keep their number when a member changes keys.
/// @dev On Solady's ERC721: the owner word's spare bits keep when a seat was taken (48) and how often it moved (48), and
/// stay when the seat is vacated; the balance word's spare bits keep the address's seat, so that finding a voter's seat is
/// one read. Seats are taken in the order of their numbers, so whoever may vote is known by the last number alone.
contract Seats is ERC721, Administered, EIP712 {
    // One word, read and written once when a seat is taken.
    struct Issuance {
        address registrar;
        uint32 epoch;
        uint32 issuedBefore;
        uint32 issued;
    }

    /// @notice There will never be more seats.
    uint256 public constant MAX_SEATS = 2 ** 20;

    /// @notice What both keys sign to move a seat; `moves` is how often it moved before.
    bytes32 public constant MOVE_TYPEHASH =
        keccak256("Move(uint256 seat,address from,address to,uint256 moves,uint256 deadline)");

    bytes4 private constant ERC5192 = 0xb45a3c0e;

    RuleBook private immutable _ruleBook;

    Issuance private _issuance;

    // A Fenwick tree: how many of the seats up to a number are vacated, in as many steps as the number has bits.
    mapping(uint256 node => uint256) private _vacated;

    string private _baseURI;

    /// @notice ERC-5192: the seat stays where it is. Every seat does, from the start.
    event Locked(uint256 tokenId);

    /// @notice `registrar` admits members from now on.
    event RegistrarChanged(address indexed registrar);

    /// @notice The community took `seat` from `member`, for `reason`.
    event Revoked(uint256 indexed seat, address indexed member, string reason);

    /// @notice The member gave `seat` up.
    event Left(uint256 indexed seat, address indexed member);

    /// @notice `seat` belongs to the same member's new address.
    event Moved(uint256 indexed seat, address indexed from, address indexed to);

    /// @notice The address that lost its seat by a vote may take one again.
    event Pardoned(address indexed member);

    /// @notice `caller` does not admit members.
    error NotRegistrar(address caller);

    /// @notice `member` has `seat`.
    error AlreadySeated(address member, uint256 seat);

    /// @notice `member` lost `seat` by a vote, and only a vote brings them back.
    error SeatWasRevoked(address member, uint256 seat);

    /// @notice `member` has no seat.
    error NotSeated(address member);

    /// @notice The epoch's `budget` of seats is used up.
    error SeatBudgetExceeded(uint256 budget);

    /// @notice All seats there will ever be are taken.
    error NoSeatLeft();

    /// @notice Seats stay with their members.
    error Soulbound();

    /// @notice Not signed by `signer`, or for another move.
    error MoveNotSigned(address signer);

    /// @notice The move was to happen until `deadline`, in seconds since 1970.
    error MoveExpired(uint256 deadline);

    /// @param authority who may name the registrar, revoke, pardon and move
    /// @param forwarder whose requests carry their sender
    /// @param ruleBook where budget and epoch are read
    /// @param registrar who admits members
    /// @param baseURI_ what a seat's decimal number is appended to
    constructor(address authority, address forwarder, RuleBook ruleBook, address registrar, string memory baseURI_)
        Administered(authority, forwarder)
        EIP712("Atelier Seats", "1")
    {
        _ruleBook = ruleBook;
        _issuance.registrar = registrar;
        _baseURI = baseURI_;
        emit RegistrarChanged(registrar);
    }

    /// @notice Lets `registrar` admit members, and nobody else.
    function setRegistrar(address registrar) external restricted {
        _issuance.registrar = registrar;
        emit RegistrarChanged(registrar);
    }

    /// @notice Gives `member` the next seat.
    /// @dev Reverts with {NotRegistrar}, {AlreadySeated}, {SeatWasRevoked}, {SeatBudgetExceeded} or {NoSeatLeft}.
    function join(address member) external returns (uint256 seat) {
        Issuance memory known = _issuance;
        if (_msgSender() != known.registrar) revert NotRegistrar(_msgSender());
        _requireUnseated(member);
        (, uint256 length) = _ruleBook.issuance();
        uint256 budget = _ruleBook.council().seatBudget();
        uint32 epoch = uint32(block.timestamp / length);
        if (known.epoch != epoch) (known.epoch, known.issuedBefore) = (epoch, known.issued);
        if (known.issued - known.issuedBefore >= budget) revert SeatBudgetExceeded(budget);
        if (known.issued == MAX_SEATS) revert NoSeatLeft();
        seat = ++known.issued;
        _issuance = known;
        _mintAndSetExtraDataUnchecked(member, seat, uint96(block.timestamp));
        _setAux(member, uint224(seat));
        emit Locked(seat);
    }

    /// @notice Gives the sender's seat up.
    function leave() external {
        address member = _msgSender();
        uint256 seat = seatOf(member);
        if (seat == 0) revert NotSeated(member);
        _vacate(seat);
        _setAux(member, 0);
        emit Left(seat, member);
    }

    /// @notice Takes `seat` away, for `reason`; its address takes no other until it is pardoned.
    function revoke(uint256 seat, string calldata reason) external restricted {
        address member = ownerOf(seat);
        _vacate(seat);
        emit Revoked(seat, member, reason);
    }

    /// @notice Lets an address whose seat was revoked take one again.
    function pardon(address member) external restricted {
        if (seatOf(member) != 0) revert AlreadySeated(member, seatOf(member));
        _setAux(member, 0);
        emit Pardoned(member);
    }

    /// @notice Moves `seat` to its member's new address, signed by the old key and the new one.
    /// @dev Reverts with {MoveExpired}, {MoveNotSigned}, {AlreadySeated} or {SeatWasRevoked}.
    function move(uint256 seat, address to, uint256 deadline, bytes calldata byOwner, bytes calldata byNew) external {
        if (block.timestamp > deadline) revert MoveExpired(deadline);
        address from = ownerOf(seat);
        bytes32 digest =
            _hashTypedDataV4(keccak256(abi.encode(MOVE_TYPEHASH, seat, from, to, movesOf(seat), deadline)));
        if (!SignatureChecker.isValidSignatureNowCalldata(from, digest, byOwner)) revert MoveNotSigned(from);
        if (!SignatureChecker.isValidSignatureNowCalldata(to, digest, byNew)) revert MoveNotSigned(to);
        _move(seat, from, to);
    }

    /// @notice Moves `seat` to a member's new address where the old key is lost.
    function recover(uint256 seat, address to) external restricted {
        _move(seat, ownerOf(seat), to);
    }

    /// @notice The seat of `member`; 0 for none.
    function seatOf(address member) public view returns (uint256) {
        return balanceOf(member) == 0 ? 0 : _getAux(member);
    }

    /// @notice When `seat` was taken, in seconds since 1970; 0 if never.
    function takenAt(uint256 seat) public view returns (uint48) {
        return uint48(_getExtraData(seat));
    }

    /// @notice How often `seat` moved.
    function movesOf(uint256 seat) public view returns (uint48) {
        return uint48(_getExtraData(seat) >> 48);
    }

    /// @notice Seats ever issued, the number of the last one.
    function issued() external view returns (uint256) {
        return _issuance.issued;
    }

    /// @notice Who admits members.
    function registrar() external view returns (address) {
        return _issuance.registrar;
    }

    /// @notice Everybody seated since `time` or longer: the last number among them, and how many of these seats are
    /// occupied now.
    function electorate(uint256 time) external view returns (uint32 last, uint32 seated) {
        uint256 low = 0;
        uint256 high = _issuance.issued;
        while (low < high) {
            uint256 middle = (low + high + 1) / 2;
            if (takenAt(middle) <= time) low = middle;
            else high = middle - 1;
        }
        last = uint32(low);
        seated = last;
        for (uint256 node = low; node != 0; node &= node - 1) {
            seated -= uint32(_vacated[node]);
        }
    }

    /// @notice ERC-5192: whether the seat stays where it is; every seat does.
    function locked(uint256 tokenId) external view returns (bool) {
        ownerOf(tokenId);
        return true;
    }

    /// @notice The collection's name.
    function name() public pure override returns (string memory) {
        return "Atelier Seats";
    }

    /// @notice The collection's symbol.
    function symbol() public pure override returns (string memory) {
        return "SEAT";
    }

    /// @notice Where the seat's metadata is.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        ownerOf(tokenId);
        return string.concat(_baseURI, Strings.toString(tokenId));
    }

    /// @notice Whether the contract knows the interface.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == ERC5192 || super.supportsInterface(interfaceId);
    }

    /// @notice Reverts: see {move}.
    function transferFrom(address, address, uint256) public payable override {
        revert Soulbound();
    }

    /// @notice Reverts: nobody may move another's seat.
    function approve(address, uint256) public payable override {
        revert Soulbound();
    }

    /// @notice Reverts: nobody may move another's seat.
    function setApprovalForAll(address, bool) public pure override {
        revert Soulbound();
    }

    function _move(uint256 seat, address from, address to) private {
        _requireUnseated(to);
        _transfer(from, to, seat);
        _setAux(from, 0);
        _setAux(to, uint224(seat));
        _setExtraData(seat, _getExtraData(seat) + (1 << 48));
        emit Moved(seat, from, to);
    }

    function _requireUnseated(address member) private view {
        uint256 seat = _getAux(member);
        if (seat == 0) return;
        if (balanceOf(member) == 0) revert SeatWasRevoked(member, seat);
        revert AlreadySeated(member, seat);
    }

    function _vacate(uint256 seat) private {
        _burn(seat);
        for (uint256 node = seat; node <= MAX_SEATS; node += node & (~node + 1)) {
            ++_vacated[node];
        }
    }
}
