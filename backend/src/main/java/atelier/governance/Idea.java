package atelier.governance;

import atelier.kernel.MemberId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a member thinks should be done.
 *
 * @param support how many members want it
 * @param supported whether the reader is one of them
 * @param proposal what became of it; null until somebody proposes it
 */
public record Idea(
        UUID id,
        MemberId author,
        String title,
        String words,
        Instant written,
        long support,
        boolean supported,
        @Nullable ProposalId proposal) {}
