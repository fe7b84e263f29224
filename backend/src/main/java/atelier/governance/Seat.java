package atelier.governance;

import atelier.kernel.Address;
import java.time.Instant;

/**
 * A member's seat.
 *
 * @param number from 1, in the order in which seats are taken
 * @param taken when it was first taken; moving it to another account changes nothing about that
 */
public record Seat(long number, Address account, Instant taken) {}
