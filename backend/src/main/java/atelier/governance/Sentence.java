package atelier.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a proposal does, in words, and what it changes.
 *
 * @param contract the Directory's name of the contract, or its address where it has none
 * @param function the function's signature; its selector where nobody here knows it
 * @param read whether the words come from the call; where not, they say so
 */
public record Sentence(
        String words,
        List<Change> changes,
        String contract,
        String function,
        String data,
        boolean read) {

    public Sentence {
        changes = List.copyOf(changes);
    }

    /**
     * One thing that is so before and otherwise after; null before where nothing was there, or
     * nobody here knows any more.
     */
    public record Change(String name, @Nullable String before, String after) {}
}
