package atelier.profit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What takes long to make and is asked for again: the few that were asked for last are kept. */
final class AtHand<K, V> {

    private final Map<K, V> kept;

    AtHand(int most) {
        this.kept =
                new LinkedHashMap<>(most, 1, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    /** Makes it if need be; whoever asks meanwhile waits. */
    synchronized V get(K key, Supplier<V> make) {
        @Nullable V found = kept.get(key);
        if (found == null) {
            found = make.get();
            kept.put(key, found);
        }
        return found;
    }
}
