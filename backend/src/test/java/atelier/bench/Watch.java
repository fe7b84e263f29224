package atelier.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notes when the node announces a block, and when the database tells everyone that it is mirrored:
 * a NOTIFY arrives once its transaction has committed.
 */
final class Watch implements AutoCloseable {

    private static final int LOOK_MILLIS = 1_000;

    private final Map<Long, Long> mined = new ConcurrentHashMap<>();
    private final Map<Long, Long> visible = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket node;
    private final Connection database;

    private Watch(Arena arena) throws SQLException {
        node =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(arena.chain().webSocketUrl()), new Heads())
                        .join();
        node.sendText(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}
                        """,
                        true)
                .join();
        database = arena.connect();
        try (Statement statement = database.createStatement()) {
            statement.execute("LISTEN atelier_blocks");
        }
        Thread.ofPlatform().daemon().name("bench-watch").start(this::listen);
    }

    static Watch over(Arena arena) throws SQLException {
        return new Watch(arena);
    }

    /** Forgets what was seen. */
    void restart() {
        mined.clear();
        visible.clear();
    }

    /** Nanoseconds from announced to visible, of every block that was both. */
    long[] delays() {
        return mined.entrySet().stream()
                .filter(block -> visible.containsKey(block.getKey()))
                .mapToLong(block -> visible.getOrDefault(block.getKey(), 0L) - block.getValue())
                .toArray();
    }

    private void listen() {
        try {
            PGConnection notices = database.unwrap(PGConnection.class);
            while (!database.isClosed()) {
                PGNotification[] heard = notices.getNotifications(LOOK_MILLIS);
                long now = System.nanoTime();
                for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
                    mirrored(one.getParameter().split(" ", -1), now);
                }
            }
        } catch (SQLException closed) {
            return;
        }
    }

    /** The process that reads, the first and the last block, and whether it was a reorg. */
    private void mirrored(String[] words, long now) {
        for (long block = Long.parseLong(words[1]); block <= Long.parseLong(words[2]); block++) {
            visible.putIfAbsent(block, now);
        }
    }

    private final class Heads implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                head(JsonMapper.shared().readTree(text.toString()), System.nanoTime());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void head(JsonNode message, long now) {
            JsonNode number = message.path("params").path("result").path("number");
            if (number.isString()) {
                mined.putIfAbsent(Long.decode(number.asString()), now);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        node.abort();
        http.shutdownNow();
        database.close();
    }
}
