package atelier.governance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When what happens to a proposal.
 *
 * @param lockedFrom from when on a ballot that was cast stays as it is
 * @param ready from when on it may be executed; null until it is queued
 * @param ended when it was executed or cancelled; null until then
 * @param endedBlock the block of that
 */
public record Timeline(
        Instant created,
        Instant votingFrom,
        Instant lockedFrom,
        Instant votingUntil,
        @Nullable Instant ready,
        @Nullable Instant ended,
        @Nullable Long endedBlock) {}
