package atelier.workshop.web;

import atelier.chain.IntentState;
import atelier.kernel.Refused;
import java.util.Optional;

/** An intent's state as pages and programs name it. */
final class States {

    private States() {}

    /** The stylesheet's letter: on its way, in a block, final, failed. */
    static String of(IntentState state) {
        return switch (state) {
            case IntentState.Waiting _, IntentState.Sent _ -> "w";
            case IntentState.InBlock _ -> "b";
            case IntentState.Final _ -> "f";
            case IntentState.Failed _, IntentState.Lost _ -> "x";
        };
    }

    /** Why it failed, as a refusal would say it. */
    static Optional<Refused> failure(IntentState state) {
        return switch (state) {
            case IntentState.Failed failed -> Optional.of(failed.why());
            case IntentState.Lost _ -> Optional.of(Refused.conflict("intent.lost"));
            case IntentState.Waiting _,
                    IntentState.Sent _,
                    IntentState.InBlock _,
                    IntentState.Final _ ->
                    Optional.empty();
        };
    }
}
