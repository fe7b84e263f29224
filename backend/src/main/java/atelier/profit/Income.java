package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What facts brought to the treasury, by kind and reference. */
final class Income {

    /** Of the references that most facts have: the numbers of recipes and supplies. */
    private record Numbered(int kind, long number) {

        Source source() {
            return new Source(kind, Hash32.of(Word.of(BigInteger.valueOf(number))));
        }
    }

    private record Source(int kind, Hash32 reference) implements Comparable<Source> {

        @Override
        public int compareTo(Source other) {
            return kind == other.kind
                    ? reference.compareTo(other.reference)
                    : Integer.compare(kind, other.kind);
        }
    }

    private static final class Takings {

        private long facts;
        private BigInteger amount = BigInteger.ZERO;

        private void add(long more, BigInteger units) {
            facts += more;
            amount = amount.add(units);
        }
    }

    private final Map<Numbered, Takings> numbered = new HashMap<>();
    private final Map<Source, Takings> others = new HashMap<>();

    void add(int kind, long number, TokenAmount amount) {
        numbered.computeIfAbsent(new Numbered(kind, number), _ -> new Takings())
                .add(1, amount.units());
    }

    void add(int kind, Hash32 reference, TokenAmount amount) {
        others.computeIfAbsent(new Source(kind, reference), _ -> new Takings())
                .add(1, amount.units());
    }

    /** By kind, then by reference. */
    List<IncomeLine> lines() {
        TreeMap<Source, Takings> all = new TreeMap<>();
        others.forEach((source, takings) -> put(source, takings, all));
        numbered.forEach((key, takings) -> put(key.source(), takings, all));
        return all.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void put(Source source, Takings takings, Map<Source, Takings> all) {
        all.computeIfAbsent(source, _ -> new Takings()).add(takings.facts, takings.amount);
    }

    private static IncomeLine line(Source source, Takings takings) {
        return new IncomeLine(
                source.kind(), source.reference(), takings.facts, new TokenAmount(takings.amount));
    }
}
