package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atelier.chain.HighWater.Mark;
import atelier.kernel.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkFileTests {

    private static final Address ONE = FakeContracts.RELAYER;
    private static final Address OTHER = FakeContracts.DEPLOYER;
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:10:00Z");

    @TempDir private Path folder;
    private final MemoryStore store = new MemoryStore(Clock.systemUTC());

    @BeforeEach
    void begin() {
        store.eras.put(1, new Era(1, 5, Mix.hash(0), Mix.hash(1)));
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(file().marks(1)).isEmpty();
        assertThat(file().next(1, ONE)).isZero();
    }

    @Test
    void keepsTheHighestOfEachKey() {
        file().raise(1, new Mark(ONE, 4, UNTIL));
        file().raise(1, new Mark(OTHER, 2, Instant.EPOCH));
        file().raise(1, new Mark(ONE, 3, UNTIL.plusSeconds(9)));

        assertThat(file().marks(1))
                .containsExactlyInAnyOrder(
                        new Mark(ONE, 4, UNTIL.plusSeconds(9)), new Mark(OTHER, 2, Instant.EPOCH));
    }

    @Test
    void saysNothingOfAnotherChain() {
        store.eras.put(2, new Era(2, 5, Mix.hash(0), Mix.hash(2)));
        file().raise(1, new Mark(ONE, 4, UNTIL));

        MarkFile later = new MarkFile(store.new Session(MemoryStore.Hazards.NONE).eras(), folder);

        assertThat(later.marks(2)).isEmpty();
        later.raise(2, new Mark(ONE, 1, UNTIL));
        assertThat(later.next(2, ONE)).isOne();
    }

    /** Who goes on after this would send what nobody promised. */
    @Test
    void goesNoFurtherOnceAskedToEnd() {
        file().raise(1, new Mark(ONE, 4, UNTIL));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> file().raise(1, new Mark(ONE, 5, UNTIL)))
                    .isInstanceOf(Pauses.Ended.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(file().next(1, ONE)).isEqualTo(4);
    }

    @Test
    void losesOnlyTheNewestPageWhenItTears() throws IOException {
        for (int next = 1; next <= 4; next++) {
            file().raise(1, new Mark(ONE, next, UNTIL));
        }
        byte[] bytes = Files.readAllBytes(path());
        String text = new String(bytes, StandardCharsets.US_ASCII);
        bytes[text.indexOf(ONE + " 4") + 20] ^= 1;
        Files.write(path(), bytes);

        assertThat(file().next(1, ONE)).isEqualTo(3);
        file().raise(1, new Mark(ONE, 5, UNTIL));
        assertThat(file().next(1, ONE)).isEqualTo(5);
    }

    @Test
    void startsAnewWhereNothingCanBeRead() throws IOException {
        Files.writeString(path(), "not a mark");

        assertThat(file().marks(1)).isEmpty();
        file().raise(1, new Mark(ONE, 5, UNTIL));
        assertThat(file().next(1, ONE)).isEqualTo(5);
    }

    @Test
    void stopsNobodyWhereTheFolderCannotBeWritten() throws IOException {
        Path none = Files.writeString(folder.resolve("a-file"), "");
        MarkFile file = new MarkFile(store.new Session(MemoryStore.Hazards.NONE).eras(), none);

        file.raise(1, new Mark(ONE, 5, UNTIL));

        assertThat(file.marks(1)).isEmpty();
    }

    private MarkFile file() {
        return new MarkFile(store.new Session(MemoryStore.Hazards.NONE).eras(), folder);
    }

    private Path path() {
        return folder.resolve("sender.mark");
    }
}
