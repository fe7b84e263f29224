// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Seven numbers of 32 bits and a flag in one word: votes against, for and abstaining; the last seat of the
/// electorate, how many of its seats were occupied and how many have to take part; the seconds at the end in which ballots
/// stay as they are; whether the proposal raises the ratchet.
type Tally is uint256;

using Ballots for Tally global;

/// @title Ballots
/// @notice The ballots on one proposal: a byte for each seat, and the tally.
/// @dev A byte is the ballot's number (six bits, from 1) and its choice (two bits); 0 is no ballot.
library Ballots {
    /// @notice The tally, and 32 seats' bytes in a word.
    struct Box {
        Tally tally;
        mapping(uint256 word => uint256) bytesOf;
    }

    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;

    /// @notice A seat may change its mind this often less one.
    uint8 internal constant LAST_NUMBER = 63;

    uint256 private constant RAISES = 1 << 224;

    /// @notice The tally of a proposal that was just made.
    function fix(uint256 lastSeat, uint256 electorate, uint256 quorum, uint256 lock, bool raises)
        internal
        pure
        returns (Tally)
    {
        return Tally.wrap(
            (lastSeat << 96) | (electorate << 128) | (quorum << 160) | (lock << 192) | (raises ? RAISES : 0)
        );
    }

    /// @notice How many chose this.
    function votes(Tally tally, uint8 choice) internal pure returns (uint256) {
        return _number(tally, uint256(choice) << 5);
    }

    /// @notice How many took part.
    function turnout(Tally tally) internal pure returns (uint256) {
        return votes(tally, AGAINST) + votes(tally, FOR) + votes(tally, ABSTAIN);
    }

    /// @notice The last seat of the electorate.
    function lastSeat(Tally tally) internal pure returns (uint256) {
        return _number(tally, 96);
    }

    /// @notice How many of the electorate's seats were occupied.
    function electorate(Tally tally) internal pure returns (uint256) {
        return _number(tally, 128);
    }

    /// @notice How many have to take part.
    function quorum(Tally tally) internal pure returns (uint256) {
        return _number(tally, 160);
    }

    /// @notice The seconds at the end in which ballots stay as they are.
    function lock(Tally tally) internal pure returns (uint256) {
        return _number(tally, 192);
    }

    /// @notice Whether the proposal raises the ratchet.
    function raises(Tally tally) internal pure returns (bool) {
        return Tally.unwrap(tally) & RAISES != 0;
    }

    /// @notice The number of a seat's ballot; 0 if it has cast none.
    function numberOf(Box storage box, uint256 seat) internal view returns (uint8) {
        return uint8((box.bytesOf[seat >> 5] >> ((seat & 31) << 3)) & 0xff) >> 2;
    }

    /// @notice Puts a seat's ballot in the place of the one before.
    function put(Box storage box, uint256 seat, uint8 choice, uint8 number) internal {
        uint256 offset = (seat & 31) << 3;
        uint256 word = box.bytesOf[seat >> 5];
        uint256 before = (word >> offset) & 0xff;
        uint256 tally = Tally.unwrap(box.tally) + (1 << (uint256(choice) << 5));
        if (before != 0) tally -= 1 << ((before & 3) << 5);
        box.tally = Tally.wrap(tally);
        uint256 ballot = uint256(number) << 2 | choice;
        box.bytesOf[seat >> 5] = word ^ ((before ^ ballot) << offset);
    }

    function _number(Tally tally, uint256 offset) private pure returns (uint256) {
        return (Tally.unwrap(tally) >> offset) & type(uint32).max;
    }
}
