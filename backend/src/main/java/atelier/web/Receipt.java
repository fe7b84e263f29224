package atelier.web;

import atelier.kernel.TokenAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who received what of one payment, to the last unit: the lines always sum to the total. */
public record Receipt(List<Line> lines, TokenAmount total) {

    /**
     * One recipient's share.
     *
     * @param label who it is
     * @param note how the share comes about, such as {@code 8%}
     */
    public record Line(String label, @Nullable String note, TokenAmount amount, Tone tone) {}

    /**
     * @throws IllegalArgumentException if the lines do not sum to the total, or one is negative
     */
    public Receipt {
        lines = List.copyOf(lines);
        Sums.require(lines.stream().map(Line::amount).toList(), total);
    }
}
