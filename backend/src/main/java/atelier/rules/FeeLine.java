package atelier.rules;

import java.util.Arrays;
import java.util.Locale;

/** What the treasury earns by; the numbers are the Treasury contract's kinds. */
public enum FeeLine {
    TRADING_FEE(1),
    MATERIAL_MARGIN(2),
    TOOL_WEAR(3),
    RECIPE_FEE(4),
    OTHER(5);

    private final int kind;

    FeeLine(int kind) {
        this.kind = kind;
    }

    /** The Treasury contract's number for it. */
    public int kind() {
        return kind;
    }

    /** Lower-case with hyphens, as in messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The line of that number; what the contract does not name is {@link #OTHER}. */
    public static FeeLine ofKind(int kind) {
        return Arrays.stream(values()).filter(line -> line.kind == kind).findFirst().orElse(OTHER);
    }
}
