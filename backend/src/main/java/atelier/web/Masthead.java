package atelier.web;

import atelier.kernel.TokenAmount;
import java.util.Optional;
import java.util.Set;

/** Who reads the page, for its head; implemented where members and their points are known. */
public interface Masthead {

    /** The signed-in member, if there is one. */
    Optional<Reader> reader();

    /**
     * What the head of the page shows of a member.
     *
     * @param points what they can spend
     * @param roles names such as {@code ADMIN}
     */
    record Reader(String name, TokenAmount points, Set<String> roles) {}
}
