package atelier.governance;

/**
 * Who sits, and who of them may vote.
 *
 * @param seated seats that are somebody's
 * @param voting those of them that were taken long enough ago
 * @param lastSeat the number of the last seat that is old enough; whoever has a higher one waits
 */
public record Electorate(long seated, long voting, long lastSeat) {}
