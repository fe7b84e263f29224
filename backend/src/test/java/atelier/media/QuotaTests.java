package atelier.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.testing.HandClock;
import atelier.testing.MirroredLogs;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** How much one member may bring within a day. */
class QuotaTests {

    private static final DataSize PLENTY = DataSize.ofMegabytes(1);

    private final MirroredLogs world = new MirroredLogs();
    private final TransactionTemplate transactions =
            new TransactionTemplate(new JdbcTransactionManager(world.database()));
    private final MemberId mina = new MemberId(UUID.randomUUID());
    private final MemberId theo = new MemberId(UUID.randomUUID());
    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void refusesOnePictureMoreThanADayAllows() {
        Media media = allowing(2, PLENTY);
        bring(media, mina, 10);
        bring(media, mina, 20);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> bring(media, mina, 30))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("picture.quota");
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.TOO_MANY);
                    assertThat(refused.values()).containsExactly(2, 1L);
                });

        assertThat(media.latestOf(mina, 9)).hasSize(2);
        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void refusesMoreBytesThanADayAllows() {
        long first = bring(allowing(9, PLENTY), mina, 10).bytes();
        Media media = allowing(9, DataSize.ofBytes(first + 1));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> bring(media, mina, 20))
                .matches(refused -> refused.code().equals("picture.quota"));
        assertThat(bring(media, theo, 10).bytes()).isEqualTo(first);
    }

    @Test
    void takesWhatWasBroughtBeforeHoweverMuchThatWas() {
        Media media = allowing(1, PLENTY);
        Picture first = bring(media, mina, 10);

        assertThat(bring(media, mina, 10)).isEqualTo(first);
    }

    @Test
    void measuresEachMemberAlone() {
        Media media = allowing(1, PLENTY);
        bring(media, mina, 10);

        assertThat(bring(media, theo, 10)).isEqualTo(bring(media, mina, 10));
    }

    @Test
    void forgetsAfterADayWhatWasBroughtAlsoIfItIsBroughtAgain() {
        Media media = allowing(1, PLENTY);
        bring(media, mina, 10);
        clock.pass(Duration.ofHours(23));
        bring(media, mina, 10);
        clock.pass(Duration.ofHours(1));

        assertThat(bring(media, mina, 20).width()).isEqualTo(20);
    }

    @Test
    void letsThroughOnlyWhatIsLeftOfManyAtOnce() throws Exception {
        Media media = allowing(3, PLENTY);
        List<Callable<Boolean>> uploads = new ArrayList<>();
        for (int side = 10; side < 18; side++) {
            int width = side;
            uploads.add(() -> isTaken(media, width));
        }

        int taken = 0;
        try (ExecutorService hands = Executors.newFixedThreadPool(uploads.size())) {
            for (Future<Boolean> upload : hands.invokeAll(uploads)) {
                taken += upload.get() ? 1 : 0;
            }
        }

        assertThat(taken).isEqualTo(3);
        assertThat(kept()).isEqualTo(3);
    }

    private boolean isTaken(Media media, int width) {
        try {
            bring(media, mina, width);
            return true;
        } catch (Refused refused) {
            assertThat(refused.code()).isEqualTo("picture.quota");
            return false;
        }
    }

    private Picture bring(Media media, MemberId member, int width) {
        return transactions.execute(
                _ -> media.store(new ByteArrayInputStream(Uploads.png(width, 10)), member));
    }

    private Media allowing(int pictures, DataSize bytes) {
        MediaProperties measure = new MediaProperties(pictures, bytes);
        return new Media(new Darkroom(1L << 30), new Pictures(world.jdbc(), measure), clock);
    }

    private long kept() {
        return world.jdbc().sql("SELECT count(*) FROM recorded.picture").query(Long.class).single();
    }
}
