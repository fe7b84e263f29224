package atelier.chain;

/**
 * Published after the mirror has committed these blocks, both ends included.
 *
 * @param reorg whether blocks that were mirrored before were taken back first
 */
public record MirrorAdvanced(long from, long to, boolean reorg) {}
