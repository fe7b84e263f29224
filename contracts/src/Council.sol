// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Ballots, Tally} from "./lib/Ballots.sol";
import {CouncilRules, Rules} from "./lib/Rules.sol";
import {Directory} from "./Directory.sol";
import {Ratchet} from "./Ratchet.sol";
import {RuleBook} from "./RuleBook.sol";
import {Seats} from "./Seats.sol";

/// @title Council
/// @notice One member, one vote, on everything that the community decides. What passes waits in the timelock and is then
/// done by it.
/// @dev OpenZeppelin's Governor with our own counting. Who may vote and how many make a quorum is fixed when a proposal is
/// made. A seat's ballot is one byte, so 32 seats share a word; its number stands in the place of the signature's nonce:
/// a higher number replaces a lower one, and a ballot that never arrives stops none after it.
contract Council is GovernorTimelockControl, GovernorPreventLateQuorum, GovernorProposalGuardian, ERC2771Context {
    using Ballots for Ballots.Box;

    /// @notice A member's ballot with its signature, to be cast by anyone. `choice` is 0 against, 1 for, 2 abstain.
    struct Ballot {
        address voter;
        uint8 choice;
        uint8 number;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice Why a ballot does not count.
    enum Refusal {
        None,
        NoSeat,
        NotInElectorate,
        OlderBallot,
        VoteLocked,
        UnknownChoice,
        NotSigned
    }

    Seats private immutable _seats;

    RuleBook private immutable _ruleBook;

    Directory private immutable _directory;

    Ratchet private immutable _ratchet;

    mapping(uint256 proposalId => Ballots.Box) private _boxes;

    /// @notice The electorate of a proposal: seats up to number `lastSeat`, `electorate` of them occupied, `quorum` needed.
    event ElectorateFixed(uint256 indexed proposalId, uint32 lastSeat, uint32 electorate, uint32 quorum);

    /// @notice A ballot among several does not count; the others do.
    event BallotRefused(uint256 indexed proposalId, address indexed voter, uint8 number, Refusal why);

    /// @notice This ballot does not count.
    error BallotDoesNotCount(address voter, Refusal why);

    /// @notice The council may not propose yet: see {Ratchet}.
    error CouncilMayNotProposeYet();

    /// @notice `proposer` has no seat, or has not had it long enough.
    error ProposerMayNotVote(address proposer);

    /// @notice `target` is no contract of the community's in use.
    error TargetNotListed(address target);

    /// @notice A proposal moves no ether: it has none.
    error EtherNotProposed();

    /// @notice Here is nothing to be set: a rule or the {Ratchet} says it.
    error SetElsewhere();

    /// @param forwarder whose requests carry their sender
    /// @param timelock_ who does what passed
    /// @param seats who votes
    /// @param ruleBook how long, and how many
    /// @param directory whom a proposal may call
    /// @param ratchet whether the council may propose yet, and who guards it
    constructor(
        address forwarder,
        TimelockController timelock_,
        Seats seats,
        RuleBook ruleBook,
        Directory directory,
        Ratchet ratchet
    )
        Governor("Atelier Council")
        GovernorTimelockControl(timelock_)
        GovernorPreventLateQuorum(0)
        ERC2771Context(forwarder)
    {
        _seats = seats;
        _ruleBook = ruleBook;
        _directory = directory;
        _ratchet = ratchet;
    }

    /// @notice Casts the ballots of several members, signed by them: free for them, whoever sends it. One that does not
    /// count is named in an event and stops no other. For members with a key; a contract's ballot goes to
    /// {castVoteBySig}.
    /// @dev Reverts with `GovernorUnexpectedProposalState` unless the proposal is being voted on.
    function castBallots(uint256 proposalId, Ballot[] calldata ballots) external {
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Active));
        bool late = _late(proposalId);
        bool counted = false;
        for (uint256 i = 0; i < ballots.length; ++i) {
            Ballot calldata ballot = ballots[i];
            Refusal why = _signed(proposalId, ballot)
                ? _count(proposalId, _seats.seatOf(ballot.voter), ballot.choice, ballot.number, late)
                : Refusal.NotSigned;
            if (why == Refusal.None) {
                counted = true;
                emit VoteCast(ballot.voter, proposalId, ballot.choice, 1, "");
            } else {
                emit BallotRefused(proposalId, ballot.voter, ballot.number, why);
            }
        }
        if (counted) _tallyUpdated(proposalId);
    }

    /// @notice The number that `voter`'s next ballot on a proposal has at least.
    function nextBallot(uint256 proposalId, address voter) public view returns (uint8) {
        return _boxes[proposalId].numberOf(_seats.seatOf(voter)) + 1;
    }

    /// @notice Votes so far: against, for, abstaining.
    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        Tally tally = _boxes[proposalId].tally;
        return (tally.votes(Ballots.AGAINST), tally.votes(Ballots.FOR), tally.votes(Ballots.ABSTAIN));
    }

    /// @notice What was fixed when the proposal was made: its last seat, how many were seated, and how many of these have
    /// to take part.
    function electorateOf(uint256 proposalId)
        external
        view
        returns (uint256 lastSeat, uint256 electorate, uint256 needed)
    {
        Tally tally = _boxes[proposalId].tally;
        return (tally.lastSeat(), tally.electorate(), tally.quorum());
    }

    /// @notice Whether `account` has voted on the proposal.
    function hasVoted(uint256 proposalId, address account) external view returns (bool) {
        return _boxes[proposalId].numberOf(_seats.seatOf(account)) != 0;
    }

    /// @notice From when on a ballot that was cast stays as it is, in seconds since 1970.
    function lockedFrom(uint256 proposalId) public view returns (uint256) {
        return proposalDeadline(proposalId) - _boxes[proposalId].tally.lock();
    }

    /// @notice A vote for a choice, for each seat; everyone who abstains takes part.
    function COUNTING_MODE() external pure returns (string memory) {
        return "support=bravo&quorum=against,for,abstain";
    }

    /// @notice Seconds since 1970.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice EIP-6372: time is counted in seconds.
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Seconds from a proposal to its vote.
    function votingDelay() public view override returns (uint256) {
        return _ruleBook.council().votingDelay();
    }

    /// @notice Seconds that a vote lasts.
    function votingPeriod() public view override returns (uint256) {
        return _ruleBook.council().votingPeriod();
    }

    /// @notice Seconds that a vote lasts at least after its quorum was reached.
    function lateQuorumVoteExtension() public view override returns (uint48) {
        return uint48(_ruleBook.council().voteExtension());
    }

    /// @notice Seats that would have to take part in a proposal made now with the electorate of `timepoint`.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        CouncilRules rules = _ruleBook.council();
        (, uint32 electorate) = _electorate(rules, timepoint);
        return _needed(rules, electorate);
    }

    /// @notice 1 if `account` has a seat and had it long enough at `timepoint`, else 0.
    function getVotes(address account, uint256 timepoint) public view override returns (uint256) {
        uint256 seat = _seats.seatOf(account);
        return seat != 0 && _seats.takenAt(seat) + _ruleBook.council().waitingTime() <= timepoint ? 1 : 0;
    }

    /// @notice As {getVotes}: there are no parameters.
    function getVotesWithParams(address account, uint256 timepoint, bytes memory)
        public
        view
        override
        returns (uint256)
    {
        return getVotes(account, timepoint);
    }

    /// @notice Who may cancel a proposal that does not raise the ratchet; nobody once the ratchet says so.
    function proposalGuardian() public view override returns (address) {
        return _ratchet.guardian();
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (ProposalState)
    {
        return super.state(proposalId);
    }

    /// @inheritdoc Governor
    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256)
    {
        return super.proposalDeadline(proposalId);
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 proposalId) {
        if (!_ratchet.councilProposes()) revert CouncilMayNotProposeYet();
        bool raises = _checkTargets(targets, values);
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        _fixElectorate(proposalId, proposer, raises);
    }

    /// @dev Whoever joins, leaves or changes a rule from now on changes nothing about this proposal.
    function _fixElectorate(uint256 proposalId, address proposer, bool raises) private {
        CouncilRules rules = _ruleBook.council();
        (uint32 lastSeat, uint32 electorate) = _electorate(rules, block.timestamp);
        uint256 seat = _seats.seatOf(proposer);
        if (seat == 0 || seat > lastSeat) revert ProposerMayNotVote(proposer);
        uint32 needed = _needed(rules, electorate);
        _boxes[proposalId].tally = Ballots.fix(lastSeat, electorate, needed, rules.voteLock(), raises);
        emit ElectorateFixed(proposalId, lastSeat, electorate, needed);
    }

    /// @dev Whether the proposal raises the ratchet.
    function _checkTargets(address[] memory targets, uint256[] memory values) private view returns (bool raises) {
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!_directory.isCurrent(targets[i])) revert TargetNotListed(targets[i]);
            raises = raises || targets[i] == address(_ratchet);
        }
        for (uint256 i = 0; i < values.length; ++i) {
            if (values[i] != 0) revert EtherNotProposed();
        }
    }

    /// @dev The seat in the place of the weight: every seat has one vote, and {_countVote} needs to know whose it is.
    function _getVotes(address account, uint256, bytes memory) internal view override returns (uint256) {
        return _seats.seatOf(account);
    }

    function _countVote(uint256 proposalId, address account, uint8 support, uint256 seat, bytes memory)
        internal
        override
        returns (uint256)
    {
        uint8 number = _boxes[proposalId].numberOf(seat) + 1;
        Refusal why = _count(proposalId, seat, support, number, _late(proposalId));
        if (why != Refusal.None) revert BallotDoesNotCount(account, why);
        return 1;
    }

    function _count(uint256 proposalId, uint256 seat, uint8 choice, uint8 number, bool late)
        private
        returns (Refusal)
    {
        Ballots.Box storage box = _boxes[proposalId];
        if (seat == 0) return Refusal.NoSeat;
        if (seat > box.tally.lastSeat()) return Refusal.NotInElectorate;
        if (choice > Ballots.ABSTAIN) return Refusal.UnknownChoice;
        uint8 last = box.numberOf(seat);
        if (number <= last || number > Ballots.LAST_NUMBER) return Refusal.OlderBallot;
        if (late && last != 0) return Refusal.VoteLocked;
        box.put(seat, choice, number);
        return Refusal.None;
    }

    function _signed(uint256 proposalId, Ballot calldata ballot) private view returns (bool) {
        bytes32 digest = _digest(proposalId, ballot.choice, ballot.voter, ballot.number);
        (address signer, ECDSA.RecoverError problem,) = ECDSA.tryRecover(digest, ballot.v, ballot.r, ballot.s);
        return problem == ECDSA.RecoverError.NoError && signer == ballot.voter;
    }

    function _digest(uint256 proposalId, uint8 choice, address voter, uint256 number) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(BALLOT_TYPEHASH, proposalId, choice, voter, number)));
    }

    /// @dev The ballot's number in the nonce's place.
    function _validateVoteSig(uint256 proposalId, uint8 support, address voter, bytes memory signature)
        internal
        view
        override
        returns (bool)
    {
        bytes32 digest = _digest(proposalId, support, voter, nextBallot(proposalId, voter));
        return SignatureChecker.isValidSignatureNow(voter, digest, signature);
    }

    /// @dev Ballots have no reasons or parameters that would have to be signed.
    function _validateExtendedVoteSig(uint256, uint8, address, string memory, bytes memory, bytes memory)
        internal
        pure
        override
        returns (bool)
    {
        return false;
    }

    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        Tally tally = _boxes[proposalId].tally;
        return tally.turnout() >= tally.quorum();
    }

    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        Tally tally = _boxes[proposalId].tally;
        return tally.votes(Ballots.FOR) > tally.votes(Ballots.AGAINST);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    /// @dev A guardian cannot cancel what may end its term.
    function _validateCancel(uint256 proposalId, address caller)
        internal
        view
        override(Governor, GovernorProposalGuardian)
        returns (bool)
    {
        if (caller == proposalGuardian() && _boxes[proposalId].tally.raises()) return false;
        return super._validateCancel(proposalId, caller);
    }

    /// @dev The extension is a rule; what could be set here stays 0.
    function _maxLateQuorumVoteExtension() internal pure override returns (uint256) {
        return 0;
    }

    function _setProposalGuardian(address) internal pure override {
        revert SetElsewhere();
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _late(uint256 proposalId) private view returns (bool) {
        return block.timestamp >= lockedFrom(proposalId);
    }

    function _electorate(CouncilRules rules, uint256 timepoint) private view returns (uint32 last, uint32 seated) {
        uint256 waited = rules.waitingTime();
        return timepoint < waited ? (0, 0) : _seats.electorate(timepoint - waited);
    }

    function _needed(CouncilRules rules, uint256 electorate) private pure returns (uint32) {
        return uint32((electorate * rules.quorum() + Rules.WHOLE - 1) / Rules.WHOLE);
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    function _contextSuffixLength() internal view override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
