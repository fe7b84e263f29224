package atelier.profit;

/** A stretch of time from its start to before its end, in seconds since 1970. */
public record Epoch(long number, long start, long end) {

    boolean follows(Epoch other) {
        return number == other.number + 1 && start == other.end;
    }
}
