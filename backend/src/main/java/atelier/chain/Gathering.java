package atelier.chain;

import atelier.kernel.GroupCommit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Commands of one kind, each of which becomes an intent: those that come while others are being
 * recorded are recorded together next, in one transaction. A caller who has a transaction is served
 * in it, alone.
 */
public final class Gathering<Q> {

    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);
    private static final int GROUPS = 2;
    private static final int GROUP_SIZE = 128;

    /** Who records the commands, always within a transaction. */
    public interface Desk<Q> {

        /**
         * Records those that are plainly in order, and waits for nothing that another command has
         * locked; left out is what has to be looked at alone.
         */
        Map<Q, Intent> together(List<Q> commands);

        /** Records one, or says why not, or answers as the first time. */
        Intent alone(Q command);
    }

    private final TransactionOperations transactions;
    private final Desk<Q> desk;
    private final GroupCommit<Q, Intent> groups =
            new GroupCommit<>(new Committing(), GROUPS, GROUP_SIZE);

    public Gathering(TransactionOperations transactions, Desk<Q> desk) {
        this.transactions = transactions;
        this.desk = desk;
    }

    /** Records a command and answers with its intent, as {@link Desk#alone} would. */
    public Intent ask(Q command) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? desk.alone(command)
                : groups.ask(command);
    }

    private final class Committing implements GroupCommit.Door<Q, Intent> {

        @Override
        public List<Optional<Intent>> together(List<Q> commands) {
            try {
                Map<Q, Intent> recorded =
                        Objects.requireNonNull(transactions.execute(_ -> desk.together(commands)));
                return commands.stream()
                        .map(one -> Optional.ofNullable(recorded.get(one)))
                        .toList();
            } catch (RuntimeException e) {
                LOG.debug("{} commands are recorded one by one", commands.size(), e);
                throw e;
            }
        }

        @Override
        public Intent alone(Q command) {
            return Objects.requireNonNull(transactions.execute(_ -> desk.alone(command)));
        }
    }
}
