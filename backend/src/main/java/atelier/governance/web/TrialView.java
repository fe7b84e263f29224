package atelier.governance.web;

import atelier.chain.Trials.Trial;
import atelier.kernel.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying a proposal.
 *
 * @param outcome {@code passes}, {@code fails} or {@code unanswered}
 * @param tone its letter in the stylesheet
 */
record TrialView(String outcome, String tone, @Nullable Refused why) {

    static TrialView of(Trial trial) {
        return switch (trial) {
            case Trial.Passes _ -> new TrialView("passes", "f", null);
            case Trial.Fails(Refused why) -> new TrialView("fails", "x", why);
            case Trial.Unanswered _ -> new TrialView("unanswered", "n", null);
        };
    }
}
