package atelier.audit;

import atelier.kernel.TokenAmount;

/** What has become of an epoch's statement. */
final class Course {

    /** How far a statement has come. */
    enum Stage {
        UNPUBLISHED("not published"),
        WAITING("waits"),
        HELD("held"),
        COUNTING("counts"),
        REFUSED("refused by vote"),
        WRONG("WRONG");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private Stage stage = Stage.UNPUBLISHED;
    private TokenAmount paid = TokenAmount.ZERO;

    Stage stage() {
        return stage;
    }

    void reach(Stage next) {
        stage = next;
    }

    /** All that was paid while it was the last that counted. */
    TokenAmount paid() {
        return paid;
    }

    void pay(TokenAmount amount) {
        paid = paid.plus(amount);
    }
}
