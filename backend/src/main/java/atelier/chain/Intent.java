package atelier.chain;

import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something to be done on the chain, and how far it is. */
public record Intent(
        IntentId id,
        @Nullable MemberId owner,
        String kind,
        String businessKey,
        IntentState state,
        Instant created,
        @Nullable String resultPath) {}
