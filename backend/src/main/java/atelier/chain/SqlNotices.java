package atelier.chain;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices by NOTIFY. */
@Component
class SqlNotices implements Notices {

    private final JdbcClient database;

    SqlNotices(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void send(String channel, String payload) {
        database.sql("SELECT 1 FROM pg_notify(:channel, :payload)")
                .param("channel", channel)
                .param("payload", payload)
                .query(Integer.class)
                .single();
    }
}
