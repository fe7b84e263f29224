package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;

/**
 * What an epoch brought to the treasury for one thing.
 *
 * @param kind 1 trading fee, 2 material margin, 3 tool wear, 4 recipe fee, 5 other
 * @param reference the recipe's or the supply's number, or the payer's own reference
 * @param facts how many facts it is the sum of
 */
public record IncomeLine(int kind, Hash32 reference, long facts, TokenAmount amount) {}
