package atelier.chain;

import atelier.kernel.Address;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A process's high-water mark, which outlives it and no restore of the database takes back. */
final class MemoryMark {

    private final MemoryStore store;
    private final Map<Address, HighWater.Mark> marks = new TreeMap<>();
    private @Nullable Era chain;

    MemoryMark(MemoryStore store) {
        this.store = store;
    }

    /** As one life of the process sees it. */
    HighWater with(MemoryStore.Hazards hazards) {
        return new HighWater() {
            @Override
            public List<Mark> marks(int era) {
                return same(era) ? List.copyOf(marks.values()) : List.of();
            }

            @Override
            public void raise(int era, Mark mark) {
                hazards.at("mark");
                if (!same(era)) {
                    marks.clear();
                    chain = store.eras.get(era);
                }
                marks.merge(mark.key(), mark, Mark::and);
                hazards.at("marked");
            }
        };
    }

    private boolean same(int era) {
        Era now = store.eras.get(era);
        return chain != null
                && chain.genesis().equals(now.genesis())
                && Objects.equals(chain.firstBlock(), now.firstBlock());
    }
}
