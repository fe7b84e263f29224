package atelier.bench;

import atelier.contracts.Points;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/**
 * web3j's Flowable and one transaction for each event: its row, and both balances where points
 * move. Plain JDBC, which is faster than the entity manager that people use.
 */
final class NaiveMirror implements AutoCloseable {

    private static final String TABLES =
            """
            CREATE TABLE log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, block bigint,
                idx int, tx text, address text, topics text, data text, UNIQUE (block, idx));
            CREATE TABLE balance (account text PRIMARY KEY, amount numeric NOT NULL);
            """;
    private static final String LOG =
            "INSERT INTO log (block, idx, tx, address, topics, data) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String BALANCE =
            """
            INSERT INTO balance VALUES (?, ?)
            ON CONFLICT (account) DO UPDATE SET amount = balance.amount + excluded.amount
            """;
    private static final String TRANSFERRED = EventEncoder.encode(Points.TRANSFER_EVENT);
    private static final int TOPICS_OF_POINTS = 3;

    private final Web3j web3j;
    private final Connection database;

    NaiveMirror(Anvil chain, String databaseUrl) throws SQLException {
        web3j = Web3j.build(new HttpService(chain.url()));
        database = DriverManager.getConnection(databaseUrl);
        try (Statement statement = database.createStatement()) {
            statement.execute(TABLES);
        }
        database.setAutoCommit(false);
    }

    /** Mirrors so many events from a block on; events per second. */
    double mirror(List<String> contracts, long from, long to, int events) {
        EthFilter filter = new EthFilter(at(from), at(to), contracts);
        long start = System.nanoTime();
        web3j.ethLogFlowable(filter).take(events).blockingForEach(this::save);
        return events / ((System.nanoTime() - start) / 1e9);
    }

    private static DefaultBlockParameter at(long block) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
    }

    private void save(Log log) throws SQLException {
        try (PreparedStatement row = database.prepareStatement(LOG)) {
            row.setLong(1, log.getBlockNumber().longValueExact());
            row.setInt(2, log.getLogIndex().intValueExact());
            row.setString(3, log.getTransactionHash());
            row.setString(4, log.getAddress());
            row.setString(5, String.join(",", log.getTopics()));
            row.setString(6, log.getData());
            row.execute();
        }
        if (log.getTopics().size() == TOPICS_OF_POINTS
                && log.getTopics().getFirst().equals(TRANSFERRED)) {
            BigInteger amount = Numeric.toBigInt(log.getData().substring(0, 66));
            move(log.getTopics().get(1), amount.negate());
            move(log.getTopics().get(2), amount);
        }
        database.commit();
    }

    private void move(String account, BigInteger amount) throws SQLException {
        try (PreparedStatement balance = database.prepareStatement(BALANCE)) {
            balance.setString(1, account);
            balance.setBigDecimal(2, new BigDecimal(amount));
            balance.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        web3j.shutdown();
        database.close();
    }
}
