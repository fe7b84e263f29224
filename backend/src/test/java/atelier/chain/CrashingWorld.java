package atelier.chain;

import atelier.chain.SimulatedProcess.World;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A process's world with one fault at one place: the places are its calls to the node, its commits
 * and its single statements that write, in the order in which it comes to them.
 */
final class CrashingWorld {

    /** What goes wrong there. */
    enum Way {
        /** The process dies before it acts. */
        BEFORE,
        /** It acts, and the process dies. */
        AFTER,
        /** It acts, and the answer is lost. */
        REPLY_LOST,
        /** The process stands still before it acts. */
        PAUSE
    }

    /** The end of a process. */
    static final class Crash extends Error {
        Crash() {
            super("crash", null, false, false);
        }
    }

    private interface Act {
        @Nullable Object now();
    }

    private static final Set<String> WRITES =
            Set.of("take", "release", "expire", "refuse", "adopt", "complete");

    private final Way way;
    private final Runnable pause;
    private int left;
    private volatile @Nullable String place;

    CrashingWorld(int point, Way way) {
        this(point, way, () -> {});
    }

    CrashingWorld(int point, Way way, Runnable pause) {
        this.left = point;
        this.way = way;
        this.pause = pause;
    }

    boolean fired() {
        return place != null;
    }

    @Nullable String place() {
        return place;
    }

    World around(World world) {
        return world.with(port(Node.class, world.node()))
                .with(port(LeaseTable.class, world.leases()))
                .with(port(IntentStore.class, world.intents()))
                .with(port(Executions.class, world.executions()))
                .with(port(EraTable.class, world.eras()))
                .with(
                        new TransactionOperations() {
                            @Override
                            @SuppressWarnings({
                                "unchecked",
                                "NullAway"
                            }) // null exactly where the action says so
                            public <T extends @Nullable Object> T execute(
                                    TransactionCallback<T> action) {
                                return (T)
                                        at(
                                                "commit",
                                                () ->
                                                        world.transactions()
                                                                .execute(status -> {
                                                                    T result =
                                                                            action.doInTransaction(
                                                                                    status);
                                                                    beforeCommit();
                                                                    return result;
                                                                }));
                            }
                        });
    }

    /** Dying before a commit is dying with all of it done and nothing kept. */
    private void beforeCommit() {
        if (way == Way.BEFORE && left-- == 0) {
            place = "commit";
            throw new Crash();
        }
    }

    private <T> T port(Class<T> port, T real) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, args) -> {
                            Object[] with = args == null ? new Object[0] : args;
                            Act act = () -> PlantedBug.invoke(method, real, with);
                            boolean place =
                                    port == Node.class
                                            || (WRITES.contains(method.getName())
                                                    && !TransactionSynchronizationManager
                                                            .isActualTransactionActive());
                            return place ? at(method.getName(), act) : act.now();
                        }));
    }

    private @Nullable Object at(String name, Act act) {
        boolean here = (way != Way.BEFORE || !name.equals("commit")) && left-- == 0;
        if (!here) {
            return act.now();
        }
        place = name;
        if (way == Way.BEFORE) {
            throw new Crash();
        }
        if (way == Way.PAUSE) {
            pause.run();
            return act.now();
        }
        act.now();
        if (way == Way.AFTER) {
            throw new Crash();
        }
        throw switch (name) {
            case "commit" -> new TransactionSystemException("connection lost");
            case "take", "release", "expire", "refuse", "adopt", "complete" ->
                    new DataAccessResourceFailureException("connection lost");
            default -> new NodeUnavailable("no answer");
        };
    }
}
