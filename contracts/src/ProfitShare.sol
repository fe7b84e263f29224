// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Administered} from "./access/Administered.sol";
import {Bill, Payee} from "./lib/Bill.sol";
import {Funding} from "./lib/Funding.sol";
import {CouncilRules} from "./lib/Rules.sol";
import {ShareTree} from "./lib/ShareTree.sol";
import {Points} from "./Points.sol";
import {Ratchet} from "./Ratchet.sol";
import {RuleBook} from "./RuleBook.sol";
import {Seats} from "./Seats.sol";
import {Treasury} from "./Treasury.sol";

/// @title ProfitShare
/// @notice Pays what the statements say. A statement's root names for every account the sum of all its shares so far and
/// the share that is new; it comes with its money, and counts after a window in which the guardian or some seats may hold
/// it until a vote decides.
/// @dev Leaves are numbered, an account's number never changes, and sixteen accounts share a word that says through which
/// statement each was paid: who was paid through the last one gets what is new, who never was the sum, and who missed some
/// proves the leaf of the last they were paid by as well. What was paid is what {Points} says left this contract. A leaf
/// is hashed twice, the second time from 32 bytes, so no inner node (of 64) is one.
contract ProfitShare is Administered {
    using Bill for Payee[];

    // All that a claim reads beside its root and its mark; `waitingFrom` is 0 if no statement waits.
    struct Standing {
        uint64 total;
        uint64 paid;
        uint32 epoch;
        uint16 number;
        uint48 waitingFrom;
        bool held;
    }

    struct Waiting {
        bytes32 root;
        uint64 total;
        uint32 epoch;
        uint16 objections;
    }

    /// @notice Leaf `index` of a statement: all shares of `account` so far, and the one that is new in it.
    struct Share {
        uint256 index;
        address account;
        uint64 total;
        uint64 fresh;
        bytes32[] proof;
    }

    /// @notice What a leaf is the hash of, after chain and contract.
    bytes32 public constant LEAF_TYPEHASH =
        keccak256("Share(uint256 chainId,address profitShare,uint256 index,address account,uint64 total,uint64 fresh)");

    // Sixteen marks of one.
    uint256 private constant EACH = 0x0001000100010001000100010001000100010001000100010001000100010001;

    Points private immutable _points;

    RuleBook private immutable _ruleBook;

    Treasury private immutable _treasury;

    Seats private immutable _seats;

    Ratchet private immutable _ratchet;

    bytes32 private immutable _leafPrefix;

    Standing private _standing;

    Waiting private _waiting;

    mapping(uint256 number => bytes32) private _roots;

    mapping(uint256 word => uint256) private _paidThrough;

    // By epoch and root, for two epochs' statements may have one root.
    mapping(bytes32 statement => mapping(uint256 word => uint256)) private _objectors;

    mapping(bytes32 statement => bool) private _refused;

    /// @notice A statement and its money are here; it counts from `countsFrom` on. `statement` is the SHA-256 of its text.
    event Published(
        uint32 indexed epoch, bytes32 indexed root, uint64 total, uint48 countsFrom, bytes32 statement
    );

    /// @notice The statement counts from now on, as the community's `number`th.
    event Effective(uint32 indexed epoch, bytes32 indexed root, uint16 number);

    /// @notice `seat` is against the statement.
    event Objected(bytes32 indexed root, uint256 indexed seat);

    /// @notice The statement waits for a vote.
    event Held(bytes32 indexed root);

    /// @notice A vote let the statement go on.
    event Released(bytes32 indexed root);

    /// @notice A vote ended the statement of `epoch`, for ever; `returned` units went back to the treasury.
    event Cancelled(uint32 indexed epoch, bytes32 indexed root, uint256 returned);

    /// @notice The statement that counts or waits last is `root`, not what the publisher expected.
    error AnotherRoot(bytes32 root);

    /// @notice A statement waits already.
    error StatementWaiting(bytes32 root);

    /// @notice No statement waits.
    error NothingWaits();

    /// @notice Zero is no root.
    error NoRoot();

    /// @notice A vote ended this statement of `epoch` before.
    error RefusedBefore(uint32 epoch, bytes32 root);

    /// @notice Statement `number` says something else.
    error NotInStatement(uint16 number, uint256 index);

    /// @notice Leaf `index` was paid through statement `number` and not since: prove that one too.
    error PaidLongAgo(uint256 index, uint16 number);

    /// @notice No statement counts yet.
    error NoStatement();

    /// @notice `caller` has no seat, or has not had it long enough.
    error ObjectorMayNotVote(address caller);

    /// @notice The seat is against it already.
    error ObjectedAlready(uint256 seat);

    /// @notice `caller` does not guard the community, or not any more.
    error NotGuardian(address caller);

    /// @notice The window is over.
    error WindowOver(uint48 countsFrom);

    /// @param authority who may publish, release and cancel
    /// @param forwarder whose requests carry their sender
    /// @param points what is paid
    /// @param ruleBook where window and objections are read
    /// @param treasury where the money comes from
    /// @param seats who may object
    /// @param ratchet who may hold
    constructor(
        address authority,
        address forwarder,
        Points points,
        RuleBook ruleBook,
        Treasury treasury,
        Seats seats,
        Ratchet ratchet
    ) Administered(authority, forwarder) {
        _points = points;
        _ruleBook = ruleBook;
        _treasury = treasury;
        _seats = seats;
        _ratchet = ratchet;
        _leafPrefix = keccak256(abi.encode(LEAF_TYPEHASH, block.chainid, address(this)));
    }

    /// @notice Publishes the statement of `epoch`, the sum of all of whose leaves is `total`, and takes from the treasury
    /// what is new in it. `expected` is the root that counts before it, so that no two publishers pass each other by.
    /// `statement` is the SHA-256 of the statement's text.
    /// @dev Reverts with {StatementWaiting}, {AnotherRoot}, {Funding-TotalShrinks}, {NoRoot}, {RefusedBefore} or what
    /// {Treasury-fund} reverts with.
    function publish(uint32 epoch, bytes32 root, uint64 total, bytes32 expected, bytes32 statement) external restricted {
        Standing memory standing = _advance();
        if (standing.waitingFrom != 0) revert StatementWaiting(_waiting.root);
        if (_roots[standing.number] != expected) revert AnotherRoot(_roots[standing.number]);
        uint64 funding = Funding.added(total, standing.total);
        if (root == 0) revert NoRoot();
        if (_refused[_key(epoch, root)]) revert RefusedBefore(epoch, root);
        uint48 countsFrom = uint48(block.timestamp + _ruleBook.profit().challengeWindow());
        _waiting = Waiting(root, total, epoch, 0);
        _standing.waitingFrom = countsFrom;
        if (funding != 0) _treasury.fund(funding);
        emit Published(epoch, root, total, countsFrom, statement);
    }

    /// @notice Speaks against the statement that waits, with the sender's seat; enough of them hold it.
    function object() external {
        bool held = _requireWaiting();
        Waiting memory known = _waiting;
        uint256 seat = _seats.seatOf(_msgSender());
        CouncilRules rules = _ruleBook.council();
        if (seat == 0 || _seats.takenAt(seat) + rules.waitingTime() > block.timestamp) {
            revert ObjectorMayNotVote(_msgSender());
        }
        bytes32 key = _key(known.epoch, known.root);
        uint256 word = _objectors[key][seat >> 8];
        uint256 bit = 1 << (seat & 0xff);
        if (word & bit != 0) revert ObjectedAlready(seat);
        _objectors[key][seat >> 8] = word | bit;
        _waiting.objections = known.objections + 1;
        emit Objected(known.root, seat);
        if (!held && known.objections + 1 >= rules.objections()) _hold();
    }

    /// @notice Holds the statement that waits until a vote decides; by the guardian.
    function hold() external {
        if (_msgSender() != _ratchet.guardian()) revert NotGuardian(_msgSender());
        _requireWaiting();
        _hold();
    }

    /// @notice Lets a held statement count at once; by a vote.
    function release() external restricted {
        if (!_standing.held) revert NothingWaits();
        _standing.held = false;
        _standing.waitingFrom = uint48(block.timestamp);
        emit Released(_waiting.root);
        _advance();
    }

    /// @notice Ends a held statement; its money goes back to the treasury. By a vote.
    function cancel() external restricted {
        if (!_standing.held) revert NothingWaits();
        Waiting memory known = _waiting;
        uint64 funding = Funding.added(known.total, _standing.total);
        _refused[_key(known.epoch, known.root)] = true;
        emit Cancelled(known.epoch, known.root, funding);
        delete _waiting;
        _standing.held = false;
        _standing.waitingFrom = 0;
        Bill.single(address(_treasury), funding).settle(address(_points), address(this));
    }

    /// @notice Pays what is due by a leaf of the statement that counts to its account, whoever sends it.
    function claim(Share calldata share) external {
        Standing memory standing = _counting();
        _prove(standing.number, share);
        uint256 due = _due(standing.number, share);
        _pay(standing, Bill.single(share.account, due), due);
    }

    /// @notice As {claim}, for an account that missed statements: `before` is its leaf in the last it was paid by.
    function claimSince(Share calldata share, Share calldata before) external {
        Standing memory standing = _counting();
        uint16 through = _through(share.index);
        _prove(standing.number, share);
        _prove(through, before);
        if (before.index != share.index || before.account != share.account) revert NotInStatement(through, share.index);
        uint256 due = Funding.added(share.total, before.total);
        _mark(share.index, standing.number);
        _pay(standing, Bill.single(share.account, due), due);
    }

    /// @notice As {claim}, for several accounts.
    function claimMany(Share[] calldata shares) external {
        Standing memory standing = _counting();
        Payee[] memory bill = Bill.open(shares.length);
        uint256 sum = 0;
        for (uint256 i = 0; i < shares.length; ++i) {
            Share calldata share = shares[i];
            _prove(standing.number, share);
            uint256 due = _due(standing.number, share);
            bill.add(share.account, due);
            sum += due;
        }
        _pay(standing, bill, sum);
    }

    /// @notice Pays neighbouring leaves from number `first` on, with one proof for all; `depth` is the tree's. A packed
    /// share is the account in the upper 160 bits, then total and fresh of 48 bits each. Whoever missed a statement is
    /// left out.
    function push(uint256 first, uint256 depth, uint256[] calldata packed, bytes32[] calldata proof) external {
        Standing memory standing = _counting();
        if (ShareTree.rootOfRange(_leaves(first, packed), first, depth, proof) != _roots[standing.number]) {
            revert NotInStatement(standing.number, first);
        }
        (Payee[] memory bill, uint256 sum) = _dueToAll(standing.number, first, packed);
        _pay(standing, bill, sum);
    }

    /// @notice The statement that counts now: its root (zero if none does), sum, what of all sums was paid, epoch, number.
    function current() external view returns (bytes32 root, uint64 total, uint64 paid, uint32 epoch, uint16 number) {
        Standing memory standing = _standing;
        if (!_isDue(standing)) {
            return (_roots[standing.number], standing.total, standing.paid, standing.epoch, standing.number);
        }
        Waiting memory known = _waiting;
        return (known.root, known.total, standing.paid, known.epoch, standing.number + 1);
    }

    /// @notice The statement that waits: root (zero if none does), sum, when it counts, epoch, seats against it, whether
    /// it is held.
    function waiting()
        external
        view
        returns (bytes32 root, uint64 total, uint48 countsFrom, uint32 epoch, uint16 objections, bool held)
    {
        Standing memory standing = _standing;
        Waiting memory known = _waiting;
        if (standing.waitingFrom == 0 || _isDue(standing)) return (0, 0, 0, 0, 0, false);
        return (known.root, known.total, standing.waitingFrom, known.epoch, known.objections, standing.held);
    }

    /// @notice The root of the community's `number`th statement.
    function rootOf(uint16 number) external view returns (bytes32) {
        return _roots[number];
    }

    /// @notice The statement that leaf `index` was paid through; 0 if it never was.
    function paidThrough(uint256 index) external view returns (uint16) {
        return _through(index);
    }

    /// @notice A leaf, hashed as the tree wants it.
    function leafOf(uint256 index, address account, uint64 total, uint64 fresh) external view returns (bytes32) {
        return _leaf(index, account, total, fresh);
    }

    function _key(uint32 epoch, bytes32 root) private pure returns (bytes32) {
        return keccak256(abi.encode(epoch, root));
    }

    function _prove(uint16 number, Share calldata share) private view {
        bytes32 leaf = _leaf(share.index, share.account, share.total, share.fresh);
        if (ShareTree.rootOf(leaf, share.index, share.proof) != _roots[number]) {
            revert NotInStatement(number, share.index);
        }
    }

    /// @dev What is due, marked as paid; nothing if it was paid before.
    function _due(uint16 number, Share calldata share) private returns (uint256) {
        uint256 place = share.index >> 4;
        uint256 offset = (share.index & 15) << 4;
        uint256 word = _paidThrough[place];
        uint256 through = (word >> offset) & 0xffff;
        if (through == number) return 0;
        if (through != 0 && through + 1 != number) revert PaidLongAgo(share.index, uint16(through));
        _paidThrough[place] = word ^ ((through ^ number) << offset);
        return through == 0 ? share.total : share.fresh;
    }

    function _through(uint256 index) private view returns (uint16) {
        return uint16(_paidThrough[index >> 4] >> ((index & 15) << 4));
    }

    function _mark(uint256 index, uint16 number) private {
        uint256 offset = (index & 15) << 4;
        uint256 word = _paidThrough[index >> 4];
        _paidThrough[index >> 4] = (word & ~(uint256(0xffff) << offset)) | (uint256(number) << offset);
    }

    /// @dev As {_leaf} for neighbours, in place: only number, account and sums change from one to the next.
    function _leaves(uint256 first, uint256[] calldata packed) private view returns (bytes32[] memory leaves) {
        bytes32 prefix = _leafPrefix;
        assembly ("memory-safe") {
            leaves := mload(0x40)
            mstore(leaves, packed.length)
            let to := add(leaves, 0x20)
            let free := add(to, shl(5, packed.length))
            mstore(0x40, free)
            mstore(free, prefix)
            let from := packed.offset
            for { let end := add(from, shl(5, packed.length)) } lt(from, end) { from := add(from, 0x20) } {
                let share := calldataload(from)
                mstore(add(free, 0x20), first)
                mstore(add(free, 0x40), shr(96, share))
                mstore(add(free, 0x60), and(shr(48, share), 0xffffffffffff))
                mstore(add(free, 0x80), and(share, 0xffffffffffff))
                mstore(0x00, keccak256(free, 0xa0))
                mstore(to, keccak256(0x00, 0x20))
                to := add(to, 0x20)
                first := add(first, 1)
            }
        }
    }

    /// @dev As {_due} for neighbours from number `i` on, each word of marks read and written once.
    function _dueToAll(uint256 statement, uint256 i, uint256[] calldata packed)
        private
        returns (Payee[] memory bill, uint256 sum)
    {
        bill = Bill.open(packed.length);
        uint256 to;
        // Sixteen marks of the statement before; at the first one nobody was paid before, and all are due the sum.
        uint256 before;
        uint256 sums;
        assembly ("memory-safe") {
            to := bill
            before := mul(sub(statement, 1), EACH)
            sums := mul(48, eq(statement, 1))
        }
        // Numbers of leaves are below 2^256 by the proof, and 48 bits a share do not add up to more.
        unchecked {
            while (packed.length != 0) {
                uint256 known = _paidThrough[i >> 4];
                uint256 changed = 0;
                assembly ("memory-safe") {
                    let offset := shl(4, and(i, 15))
                    let edge := add(offset, shl(4, packed.length))
                    if gt(edge, 256) { edge := 256 }
                    packed.length := sub(packed.length, shr(4, sub(edge, offset)))
                    let marks := sub(shl(edge, 1), shl(offset, 1))
                    // Usually all of them were paid through the last statement: nobody needs a look of their own.
                    if iszero(and(xor(known, before), marks)) {
                        changed := and(xor(before, mul(statement, EACH)), marks)
                        for { let end := add(packed.offset, shl(1, sub(edge, offset))) } lt(packed.offset, end) {
                            packed.offset := add(packed.offset, 0x20)
                        } {
                            let share := calldataload(packed.offset)
                            let due := and(shr(sums, share), 0xffffffffffff)
                            sum := add(sum, due)
                            to := add(to, 0x20)
                            mstore(to, or(shl(96, shr(96, share)), due))
                        }
                        offset := edge
                    }
                    for {} lt(offset, edge) {
                        offset := add(offset, 16)
                        packed.offset := add(packed.offset, 0x20)
                    } {
                        // Due to who was paid through the last statement or never: one of the factors is zero.
                        let through := and(shr(offset, known), 0xffff)
                        if iszero(mul(through, sub(add(through, 1), statement))) {
                            changed := or(changed, shl(offset, xor(through, statement)))
                            // The sum of all for who was never paid, else what is new; the account stays where it is.
                            let due := and(shr(mul(48, iszero(through)), calldataload(packed.offset)), 0xffffffffffff)
                            sum := add(sum, due)
                            to := add(to, 0x20)
                            mstore(to, or(shl(96, shr(96, calldataload(packed.offset))), due))
                        }
                    }
                }
                if (changed != 0) _paidThrough[i >> 4] = known ^ changed;
                i = ((i >> 4) + 1) << 4;
            }
        }
        assembly ("memory-safe") {
            mstore(bill, shr(5, sub(to, bill)))
        }
    }

    function _pay(Standing memory standing, Payee[] memory bill, uint256 sum) private {
        if (sum == 0) return;
        _standing.paid = uint64(Funding.pay(standing.total, standing.paid, sum));
        bill.settle(address(_points), address(this));
    }

    /// @dev What waited and is due counts from now on.
    function _advance() private returns (Standing memory standing) {
        standing = _standing;
        if (!_isDue(standing)) return standing;
        Waiting memory known = _waiting;
        standing = Standing(known.total, standing.paid, known.epoch, standing.number + 1, 0, false);
        _roots[standing.number] = known.root;
        _standing = standing;
        delete _waiting;
        emit Effective(known.epoch, known.root, standing.number);
    }

    function _counting() private returns (Standing memory standing) {
        standing = _advance();
        if (standing.number == 0) revert NoStatement();
    }

    function _isDue(Standing memory standing) private view returns (bool) {
        return standing.waitingFrom != 0 && !standing.held && standing.waitingFrom <= block.timestamp;
    }

    function _requireWaiting() private view returns (bool held) {
        Standing memory standing = _standing;
        if (standing.waitingFrom == 0) revert NothingWaits();
        if (_isDue(standing)) revert WindowOver(standing.waitingFrom);
        return standing.held;
    }

    function _hold() private {
        _standing.held = true;
        emit Held(_waiting.root);
    }

    function _leaf(uint256 index, address account, uint64 total, uint64 fresh)
        private
        view
        returns (bytes32 leaf)
    {
        bytes32 prefix = _leafPrefix;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, prefix)
            mstore(add(free, 0x20), index)
            mstore(add(free, 0x40), account)
            mstore(add(free, 0x60), total)
            mstore(add(free, 0x80), fresh)
            mstore(0x00, keccak256(free, 0xa0))
            leaf := keccak256(0x00, 0x20)
        }
    }
}
