package atelier.governance;

import atelier.rules.Rulebook;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How things stood before calls are made, or were.
 *
 * @param block the last one before them; the highest there is while they are still to come
 */
record Before(Rulebook rules, long block) {

    static Before now(Rulebook rules) {
        return new Before(rules, Long.MAX_VALUE);
    }

    /** Whether the calls are still to come. */
    boolean toCome() {
        return block == Long.MAX_VALUE;
    }

    /** What only the present knows; nothing for calls that were made. */
    @Nullable String known(Supplier<String> words) {
        return toCome() ? words.get() : null;
    }

    /** How things stand once a call was made. */
    Before after(Deed deed) {
        return new Before(rules.with(RuleSentences.set(deed)), block);
    }
}
