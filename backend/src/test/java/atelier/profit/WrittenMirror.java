package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.chain.CopyRows;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.testing.MirroredLogs;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.web3j.crypto.Hash;

/** Facts as a mirror has them: the logs that state them, in blocks that a reorg may take away. */
final class WrittenMirror {

    private static final String[] LOG = {
        "block_number",
        "block_hash",
        "log_index",
        "tx_hash",
        "tx_index",
        "contract",
        "address",
        "topic0",
        "topic1",
        "topic2",
        "topic3",
        "data",
        "canonical"
    };

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;
    private byte[] hash = Hash32.ZERO.bytes();
    private long height = -1;
    private int fork;
    private int written;

    /** A database for mirrors: one connection, which waits for no disk. */
    static DataSource database() {
        String url = ((DriverManagerDataSource) new MirroredLogs().database()).getUrl();
        DataSource database = new SingleConnectionDataSource(Objects.requireNonNull(url), true);
        JdbcClient.create(database).sql("SET synchronous_commit = off").update();
        return database;
    }

    /** Nothing is mirrored yet, whatever was. */
    WrittenMirror(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.copy = new JdbcTemplate(database);
        jdbc.sql("DELETE FROM derived.statement").update();
        jdbc.sql("DELETE FROM derived.log").update();
        jdbc.sql("DELETE FROM derived.block").update();
        jdbc.sql("DELETE FROM derived.cursor").update();
        jdbc.sql("INSERT INTO derived.cursor VALUES (true, 1, 0, 0, :none)")
                .param("none", Hash32.ZERO.bytes())
                .update();
    }

    /** Goes on with a fact, in its own block. */
    void add(Fact fact) {
        addAll(List.of(fact));
    }

    /** Goes on with many facts at once. */
    void addAll(List<Fact> facts) {
        CopyRows blocks =
                CopyRows.into(
                        "derived.block", "number", "hash", "parent_hash", "mined_at", "canonical");
        CopyRows rows = CopyRows.into("derived.log", LOG);
        for (Fact fact : facts) {
            if (fact.place().block() > height) {
                height = fact.place().block();
                hash = Hash.sha3((fork + "/" + height).getBytes(US_ASCII));
                blocks.row()
                        .bigint(height)
                        .bytes(hash)
                        .bytes(hash)
                        .time(Instant.ofEpochSecond(fact.place().time()))
                        .bool(true);
            }
            row(fact, rows);
        }
        blocks.write(copy);
        rows.write(copy);
        jdbc.sql("UPDATE derived.cursor SET height = :height, hash = :hash")
                .param("height", height)
                .param("hash", hash)
                .update();
    }

    private void row(Fact fact, CopyRows rows) {
        Event event = Event.stating(fact);
        List<byte[]> topics = event.words(event.topics(), fact);
        rows.row()
                .bigint(fact.place().block())
                .bytes(hash)
                .integer(fact.place().index())
                .bytes(Word.of(BigInteger.valueOf(++written)))
                .integer(fact.place().index())
                .text(event.contract())
                .bytes(address(fact).bytes())
                .bytes(Hash.sha3(event.signature().getBytes(US_ASCII)))
                .bytes(topic(topics, 0))
                .bytes(topic(topics, 1))
                .bytes(topic(topics, 2))
                .bytes(joined(event.words(event.data(), fact)))
                .bool(true);
    }

    /** Takes a block away, and all after it; what follows is another fork. */
    void orphan(long from) {
        jdbc.sql("UPDATE derived.log SET canonical = false WHERE block_number >= :from")
                .param("from", from)
                .update();
        jdbc.sql("UPDATE derived.block SET canonical = false WHERE number >= :from")
                .param("from", from)
                .update();
        jdbc.sql(
                        """
                        UPDATE derived.cursor SET (height, hash) = (
                            SELECT number, hash FROM derived.block WHERE canonical
                            UNION ALL SELECT 0, :none ORDER BY number DESC LIMIT 1)
                        """)
                .param("none", Hash32.ZERO.bytes())
                .update();
        height = jdbc.sql("SELECT height FROM derived.cursor").query(Long.class).single();
        hash = jdbc.sql("SELECT hash FROM derived.cursor").query(byte[].class).single();
        fork++;
    }

    /** Of most kinds of contracts there is one, wherever it is. */
    private static Address address(Fact fact) {
        return switch (fact) {
            case Fact.Sold sold -> sold.market();
            case Fact.Promoted promoted -> promoted.market();
            case Fact.Crafted made -> made.workshop();
            case Fact.RecipeProposed proposed -> proposed.workshop();
            default -> Address.ZERO;
        };
    }

    private static byte @Nullable [] topic(List<byte[]> topics, int number) {
        return number < topics.size() ? topics.get(number) : null;
    }

    private static byte[] joined(List<byte[]> words) {
        ByteBuffer all = ByteBuffer.allocate(Word.LENGTH * words.size());
        words.forEach(all::put);
        return all.array();
    }

    /**
     * How an event states a fact: which of its parts are where. What a statement does not use is a
     * number.
     */
    private record Event(
            String fact,
            String contract,
            String signature,
            List<String> topics,
            List<String> data) {

        private static final List<Event> ALL =
                """
                RuleChanged | RuleBook | RuleChanged(uint32,uint8,uint128,uint128,uint64,address) | version rule 0 | 0 current 0
                EpochOpened | Treasury | EpochOpened(uint32,uint48,uint48) | number | start end
                Collected | Treasury | Collected(uint8,address,uint256,bytes32) | kind 0 reference | amount
                CostPaid | Treasury | CostPaid(uint32,uint8,address,uint256,string,bytes32) | 0 kind to | amount 96 receipt 0
                Spent | Treasury | Spent(address,uint256,string) | to | amount 64 0
                SupplyDefined | Supplies | SupplyDefined(uint256,uint8,address,uint256,string) | supply 0 | kind 0
                RecipeProposed | Workshop | RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32) | recipe author 0 | 0
                Bought | Workshop | Bought(address,uint256,address,uint256,uint256,uint256) | buyer supply supplier | amount 0 treasuryPaid
                Crafted | Workshop | Crafted(uint256,uint64,address,uint256,uint256) | 0 recipe creator | 0 treasuryPaid
                Sold | Market | Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,uint256,uint256) | order work buyer | seller 0 0 0 0 0 0 treasuryPaid
                Promoted | Market | Promoted(bytes32,address) | order promoter | 0
                Remixed | Works | Remixed(uint256,uint256[]) | work | 32 parents
                SeatMoved | Seats | Transfer(address,address,uint256) | from to seat | 0
                Cancelled | ProfitShare | Cancelled(uint32,bytes32,uint256) | epoch root | 0
                """
                        .lines()
                        .map(line -> of(line.split(" \\| ", -1)))
                        .toList();

        private static Event of(String[] cells) {
            return new Event(
                    cells[0],
                    cells[1],
                    cells[2],
                    List.of(cells[3].split(" ", -1)),
                    List.of(cells[4].split(" ", -1)));
        }

        static Event stating(Fact fact) {
            return ALL.stream()
                    .filter(event -> event.fact.equals(fact.getClass().getSimpleName()))
                    .findFirst()
                    .orElseThrow();
        }

        List<byte[]> words(List<String> parts, Fact of) {
            return parts.stream().flatMap(part -> words(value(part, of))).toList();
        }

        private static Object value(String part, Fact of) {
            if (Character.isDigit(part.charAt(0))) {
                return Integer.valueOf(part);
            }
            try {
                return of.getClass().getDeclaredMethod(part).invoke(of);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        /** A list is its length and its items. */
        private static Stream<byte[]> words(Object value) {
            return switch (value) {
                case List<?> all ->
                        Stream.concat(words(all.size()), all.stream().flatMap(Event::words));
                case Address address -> {
                    byte[] word = new byte[Word.LENGTH];
                    Word.put(address, word, 0);
                    yield Stream.of(word);
                }
                case Hash32 hash -> Stream.of(hash.bytes());
                case TokenAmount amount -> words(amount.units());
                case SupplyId supply -> words(supply.number());
                case RecipeId recipe -> words(recipe.number());
                case WorkId work -> words(work.tokenId());
                case BigInteger number -> Stream.of(Word.of(number));
                case Number number -> words(BigInteger.valueOf(number.longValue()));
                default -> throw new IllegalArgumentException("No word: " + value);
            };
        }
    }
}
