package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements that go on from the kept ones say what statements made of all facts say. */
class ReckonerTests {

    private static final int LIVES = 12;
    private static final int EPOCHS = 4;

    private final DataSource database = WrittenMirror.database();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final KeptStatements kept = new KeptStatements(jdbc, new JdbcTemplate(database));
    private final MirroredFacts facts = new MirroredFacts(jdbc);
    private final Evidence evidence = new Evidence(facts, kept);
    private final ShareDomain domain = RandomLife.of(0, 1).domain();
    private final Reckoner reckoner =
            new Reckoner(
                    facts,
                    new Epochs(jdbc),
                    kept,
                    () -> domain,
                    jdbc,
                    new TransactionTemplate(new DataSourceTransactionManager(database)));

    @Test
    void goesOnAsIfAllWereMadeAnewWhateverReorgsDo() {
        for (long seed = 0; seed < LIVES; seed++) {
            Random chance = new Random(seed);
            List<Fact> life = RandomLife.of(seed, EPOCHS).facts();
            WrittenMirror mirror = new WrittenMirror(database);
            int written = live(life, 0, mirror, chance);
            for (int reorg = 0; reorg < 3; reorg++) {
                long from = life.get(chance.nextInt(written)).place().block();
                mirror.orphan(from);
                kept.dropReadTo(from);
                int common = before(from, life);
                life = otherwise(life, common, chance);
                written = live(life, common, mirror, chance);
            }
            write(life.subList(written, life.size()), mirror);
            agrees(life, "life " + seed);
            life = refusing(life, chance, mirror);
            agrees(life, "life %d with refusals".formatted(seed));
        }
    }

    @Test
    void knowsTheEventsBehindEveryLine() {
        for (long seed = 0; seed < LIVES; seed++) {
            List<Fact> life = RandomLife.of(seed, EPOCHS).facts();
            WrittenMirror mirror = new WrittenMirror(database);
            mirror.addAll(life);
            reckoner.reckon();
            Map<Address, Map<Role, List<Deed>>> seen = new HashMap<>();
            Outline outline = Outline.of(life);
            Chronicle.tell(
                    outline.closed(),
                    life,
                    (epoch, who, role, fact, measure) -> {
                        if (epoch.number() == EPOCHS) {
                            seen.computeIfAbsent(who, _ -> new EnumMap<>(Role.class))
                                    .computeIfAbsent(role, _ -> new ArrayList<>())
                                    .add(new Deed(role, fact, measure));
                        }
                    },
                    doings -> Merits.of(doings, outline.rules(doings.epoch())));
            for (Line line : kept.lines(EPOCHS, 0, 1_000)) {
                Map<Role, List<Deed>> found = new EnumMap<>(Role.class);
                evidence.of(EPOCHS, line.account(), 10_000)
                        .forEach((role, deeds) -> found.put(role, deeds.first()));
                assertThat(found)
                        .as("Account %d of life %d", line.number(), seed)
                        .isEqualTo(seen.getOrDefault(line.account(), Map.of()));
            }
        }
    }

    @Test
    void looksUpNoMoreEventsThanAreShown() {
        long seed = 7;
        List<Fact> life = RandomLife.of(seed, EPOCHS).facts();
        WrittenMirror mirror = new WrittenMirror(database);
        mirror.addAll(life);
        reckoner.reckon();
        for (Line line : kept.lines(EPOCHS, 0, 1_000)) {
            for (Deeds deeds : evidence.of(EPOCHS, line.account(), 1).values()) {
                assertThat(deeds.first()).hasSize(1);
                assertThat(deeds.more()).isEqualTo(deeds.count() - 1);
            }
        }
    }

    @Test
    void goesOnFromNothingThatIsNotWhatWasWritten() {
        List<Fact> life = RandomLife.of(7, EPOCHS).facts();
        WrittenMirror mirror = new WrittenMirror(database);
        mirror.addAll(life);
        reckoner.reckon();
        agrees(life, "before");

        // Somebody's total is another, under a hash that fits: only what it says gives it away.
        jdbc.sql(
                        """
                        UPDATE derived.statement SET (text, digest) = (SELECT altered, sha256(altered)
                            FROM (SELECT convert_to(regexp_replace(
                                convert_from(text, 'UTF8'),
                                'account 0 (0x[0-9a-f]*) ', 'account 0 \\1 1'), 'UTF8') AS altered))
                        WHERE epoch = 3
                        """)
                .update();
        kept.dropAfter(3);
        reckoner.reckon();
        reckoner.reckon();
        agrees(life, "after");
    }

    @Test
    void readsBackWhatTheMirrorWasToldAsFacts() {
        List<Fact> life = RandomLife.of(3, EPOCHS).facts();
        WrittenMirror mirror = new WrittenMirror(database);
        mirror.addAll(life);
        List<MirroredFacts.Spot> spots =
                life.stream().map(Fact::place).map(MirroredFacts.Spot::of).toList();
        assertThat(facts.at(spots).values()).containsExactlyInAnyOrderElementsOf(life);
    }

    /** Writes facts down from one on, and lets statements be made now and then; how far it went. */
    private int live(List<Fact> life, int from, WrittenMirror mirror, Random chance) {
        int until = from + chance.nextInt(life.size() - from + 1);
        int done = from;
        for (int next = from; next < until; next++) {
            if (life.get(next) instanceof Fact.EpochOpened && chance.nextBoolean()) {
                write(life.subList(done, next + 1), mirror);
                done = next + 1;
                reckoner.reckon();
            }
        }
        write(life.subList(done, until), mirror);
        reckoner.reckon();
        return Math.max(1, until);
    }

    private void write(List<Fact> facts, WrittenMirror mirror) {
        mirror.addAll(facts);
        for (Fact fact : facts) {
            if (fact instanceof Fact.Cancelled cancelled) {
                kept.dropAfter(cancelled.epoch());
            }
        }
    }

    private static int before(long block, List<Fact> life) {
        return (int) life.stream().filter(fact -> fact.place().block() < block).count();
    }

    /** The same up to a fact; after it some things were never done. */
    private static List<Fact> otherwise(List<Fact> life, int common, Random chance) {
        List<Fact> other = new ArrayList<>(life.subList(0, common));
        life.stream()
                .skip(common)
                .filter(fact -> !isDealing(fact) || chance.nextInt(4) > 0)
                .forEach(other::add);
        return other;
    }

    private static boolean isDealing(Fact fact) {
        return fact instanceof Fact.Sold
                || fact instanceof Fact.Bought
                || fact instanceof Fact.Crafted
                || fact instanceof Fact.Collected
                || fact instanceof Fact.CostPaid;
    }

    /** Votes refuse some of the statements, one after another. */
    private List<Fact> refusing(List<Fact> life, Random chance, WrittenMirror mirror) {
        List<Fact> longer = new ArrayList<>(life);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            if (chance.nextBoolean()) {
                Hash32 root = Statements.of(domain, longer).get(epoch - 1).tree().root();
                Fact.Place last = longer.getLast().place();
                Fact.Place next = new Fact.Place(last.block() + 1, last.time(), 0);
                Fact refusal = new Fact.Cancelled(next, epoch, root);
                longer.add(refusal);
                write(List.of(refusal), mirror);
                reckoner.reckon();
            }
        }
        return longer;
    }

    private void agrees(List<Fact> life, String what) {
        reckoner.reckon();
        List<Statement> fresh = Statements.of(domain, life);
        assertThat(kept.epochs()).as(what).hasSameSizeAs(fresh);
        for (Statement one : fresh) {
            long epoch = one.epoch().number();
            assertThat(new String(kept.text(epoch).orElseThrow(), US_ASCII))
                    .as(what)
                    .isEqualTo(new String(one.text(), US_ASCII));
            assertThat(kept.lines(epoch, 0, 1_000)).as(what).isEqualTo(one.lines());
        }
    }
}
