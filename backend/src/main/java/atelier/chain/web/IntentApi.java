package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.web.Format;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How far something is, for programs. */
@RestController
@Tag(name = "Intents")
class IntentApi {

    /**
     * One intent.
     *
     * @param state {@code waiting}, {@code sent}, {@code in-block}, {@code final}, {@code failed}
     *     or {@code lost}
     * @param problem why it failed, in a code, and in words with what to do
     */
    record IntentView(
            String intent,
            String kind,
            String state,
            @Nullable Long block,
            @Nullable String tx,
            Instant created,
            @Nullable String result,
            @Nullable ProblemView problem) {}

    /** Why something failed. */
    record ProblemView(String code, String title, String remedy) {}

    private final OwnIntents own;
    private final Format format;

    IntentApi(OwnIntents own, Format format) {
        this.own = own;
        this.format = format;
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/api/v1/intents/{id}")
    @Operation(summary = "How far something is")
    IntentView intent(@PathVariable("id") String id) {
        Intent intent = own.find(id);
        return switch (intent.state()) {
            case IntentState.Waiting _ -> view(intent, "waiting", null, null, null);
            case IntentState.Sent(Hash32 tx) -> view(intent, "sent", tx, null, null);
            case IntentState.InBlock(Hash32 tx, long block) ->
                    view(intent, "in-block", tx, block, null);
            case IntentState.Final(Hash32 tx, long block) -> view(intent, "final", tx, block, null);
            case IntentState.Failed failed ->
                    view(intent, "failed", null, null, problem(failed.why()));
            case IntentState.Lost _ -> view(intent, "lost", null, null, null);
        };
    }

    private static IntentView view(
            Intent intent,
            String state,
            @Nullable Hash32 tx,
            @Nullable Long block,
            @Nullable ProblemView problem) {
        return new IntentView(
                intent.id().toString(),
                intent.kind(),
                state,
                block,
                tx == null ? null : tx.toString(),
                intent.created(),
                intent.resultPath(),
                problem);
    }

    private ProblemView problem(Refused refused) {
        return new ProblemView(refused.code(), format.title(refused), format.remedy(refused));
    }
}
