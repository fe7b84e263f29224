package atelier.site;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.IntentId;
import atelier.kernel.TokenAmount;
import atelier.web.WorkCard;
import java.util.List;

/**
 * A member's own page.
 *
 * @param points what they can spend
 * @param held what is set apart for payments on their way
 * @param underWay what can still change by itself, newest first
 */
record Home(
        String name,
        TokenAmount points,
        TokenAmount held,
        List<Step> underWay,
        List<WorkCard> works,
        List<WorkCard> newest,
        Next next) {

    /** Something of the member's that is on its way to being final. */
    record Step(IntentId id, String kind, String state) {

        static Step of(Intent intent) {
            return new Step(intent.id(), intent.kind(), letter(intent.state()));
        }

        private static String letter(IntentState state) {
            return switch (state) {
                case IntentState.Waiting _, IntentState.Sent _ -> "w";
                case IntentState.InBlock _ -> "b";
                case IntentState.Final _ -> "f";
                case IntentState.Failed _, IntentState.Lost _ -> "x";
            };
        }
    }

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
