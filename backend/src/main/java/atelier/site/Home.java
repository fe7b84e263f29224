package atelier.site;

import atelier.chain.Intent;
import atelier.kernel.TokenAmount;
import atelier.web.WorkCard;
import java.util.List;

/**
 * A member's own page.
 *
 * @param points what they can spend
 * @param held what is set apart for payments on their way
 * @param welcomeOwed whether their welcome waits until it is known how many points it is
 * @param underWay what can still change by itself, newest first
 */
record Home(
        String name,
        TokenAmount points,
        TokenAmount held,
        boolean welcomeOwed,
        List<Intent> underWay,
        List<WorkCard> works,
        List<WorkCard> newest,
        Next next) {

    /** The one thing that the page suggests. */
    enum Next {
        MAKE("make", "/studio"),
        LIST("list", "/me/works"),
        LOOK("look", "/market");

        private final String key;
        private final String href;

        Next(String key, String href) {
            this.key = key;
            this.href = href;
        }

        /** Names its words. */
        public String key() {
            return key;
        }

        /** Where it is done. */
        public String href() {
            return href;
        }

        /** By what hangs on the member's wall. */
        static Next after(List<WorkCard> works) {
            if (works.isEmpty()) {
                return MAKE;
            }
            return works.stream().allMatch(work -> work.price() == null) ? LIST : LOOK;
        }
    }

    Home {
        underWay = List.copyOf(underWay);
        works = List.copyOf(works);
        newest = List.copyOf(newest);
    }
}
