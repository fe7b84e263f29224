package atelier.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rules can be changed now; implemented where stages and votes are known. */
public interface WaysToChange {

    /**
     * One way, in the reader's language.
     *
     * @param href where it begins; null where the reader cannot begin it
     */
    record Way(String says, @Nullable String href, @Nullable String action) {}

    /** The ways there are for a rule, the nearest first. */
    List<Way> of(Rule rule);
}
