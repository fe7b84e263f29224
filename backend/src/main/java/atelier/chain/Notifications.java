package atelier.chain;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears what other processes on the same database did, over one connection that does nothing else,
 * and tells it here as if it had happened here.
 */
@Component
class Notifications implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int LOOK_MILLIS = 500;
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);

    private final DataSource database;
    private final Wakeups wakeups;
    private final Leases leases;
    private final ApplicationEventPublisher events;
    private volatile boolean running;
    private volatile @Nullable Thread listening;

    Notifications(
            DataSource database, Wakeups wakeups, Leases leases, ApplicationEventPublisher events) {
        this.database = database;
        this.wakeups = wakeups;
        this.leases = leases;
        this.events = events;
    }

    @Override
    public void start() {
        running = true;
        listening =
                Thread.ofPlatform()
                        .daemon()
                        .name("chain-listener")
                        .start(() -> PipelineConnections.with(this::loop));
    }

    @Override
    public void stop() {
        running = false;
        Thread thread = listening;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        while (running) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                LOG.debug("Not listening just now", e);
                rest();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + Wakeups.INTENTS);
            statement.execute("LISTEN " + Wakeups.BLOCKS);
            changed();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (running) {
                hear(postgres.getNotifications(LOOK_MILLIS));
            }
            statement.execute("UNLISTEN *");
        }
    }

    private void hear(PGNotification @Nullable [] notifications) {
        if (notifications == null || notifications.length == 0) {
            return;
        }
        for (PGNotification notification : notifications) {
            if (notification.getName().equals(Wakeups.BLOCKS)) {
                blocks(notification.getParameter());
            }
        }
        wakeups.sender().ring();
        changed();
    }

    /** What this process mirrored it has told itself already. */
    private void blocks(String payload) {
        String[] parts = payload.split(" ", -1);
        if (parts.length == 4 && !parts[0].equals(leases.process().toString())) {
            tell(
                    new MirrorAdvanced(
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Boolean.parseBoolean(parts[3])));
        }
    }

    private void changed() {
        tell(new IntentsChanged());
    }

    private void tell(Object event) {
        try {
            events.publishEvent(event);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on {}", event, e);
        }
    }

    private void rest() {
        if (running) {
            try {
                Thread.sleep(AFTER_TROUBLE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
