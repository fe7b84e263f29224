package atelier.chain;

import java.time.Instant;

/** The block that an answer is of, as the API names it. */
public record BlockName(long number, String hash, Instant time) {}
