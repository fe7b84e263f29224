package atelier.chain;

import atelier.kernel.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * One life of a chain. Fresh development chains share their genesis, so block 1 tells them apart.
 */
record Era(int number, long chainId, Hash32 genesis, @Nullable Hash32 firstBlock) {}
