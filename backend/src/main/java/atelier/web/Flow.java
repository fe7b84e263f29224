package atelier.web;

import atelier.kernel.TokenAmount;
import java.util.List;
import java.util.Locale;

/** Where an amount came from and where all of it went: both sides sum to the total. */
public record Flow(List<Part> in, List<Part> out, TokenAmount total) {

    /** What kind of part it is, and so which colour it is drawn in. */
    public enum Kind {
        /** What came in. */
        INCOME,
        /** What was paid for things. */
        COST,
        /** What people get. */
        SHARE,
        /** What stays where it is. */
        KEPT;

        /** The class the stylesheet knows it by. */
        public String css() {
            return "flow-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** One part of either side. */
    public record Part(String label, TokenAmount amount, Kind kind) {}

    /**
     * @throws IllegalArgumentException if a side does not sum to the total, or a part is negative
     */
    public Flow {
        in = List.copyOf(in);
        out = List.copyOf(out);
        Sums.require(in.stream().map(Part::amount).toList(), total);
        Sums.require(out.stream().map(Part::amount).toList(), total);
    }
}
