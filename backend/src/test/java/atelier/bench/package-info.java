/**
 * Measures ours and its peers on one chain and one database in one run: {@code mvn -P bench
 * verify}. The door is {@link atelier.bench.SpeedBench}; what each number means is in {@code
 * docs/evidence/bench.md}.
 */
@NullMarked
package atelier.bench;

import org.jspecify.annotations.NullMarked;
