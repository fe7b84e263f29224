/**
 * The words everything else is written in: addresses, hashes, amounts and ids as types, and the one
 * way to refuse a request. Knows neither Spring nor the chain client.
 */
@NullMarked
package atelier.kernel;

import org.jspecify.annotations.NullMarked;
