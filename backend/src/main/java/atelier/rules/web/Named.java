package atelier.rules.web;

import atelier.kernel.Refused;
import atelier.rules.Rule;

/** Reads which rule an address means. */
final class Named {

    private Named() {}

    /**
     * The rule of that key.
     *
     * @throws Refused {@code rules.unknown} if there is none
     */
    static Rule rule(String key) {
        try {
            return Rule.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("rules.unknown");
        }
    }
}
