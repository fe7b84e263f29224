package atelier.profit;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours as they can be pushed: a packed share has 48 bits for each of its sums, and whoever
 * has more is paid alone.
 */
final class Pushable {

    /** Bits of a sum in a packed share. */
    static final int BITS = 48;

    private Pushable() {}

    static boolean fits(Line line) {
        return line.total().units().bitLength() <= BITS && line.fresh().units().bitLength() <= BITS;
    }

    /** The longest runs of neighbours that fit, in their order. */
    static List<List<Line>> runs(List<Line> neighbours) {
        List<List<Line>> runs = new ArrayList<>();
        List<Line> run = new ArrayList<>();
        for (Line line : neighbours) {
            if (fits(line)) {
                run.add(line);
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}
