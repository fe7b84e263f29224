package atelier.web;

import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.hibernate.TransactionException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is away, or too busy, from everything else that can go wrong. */
final class DatabaseTrouble {

    private DatabaseTrouble() {}

    /** Whether it lies at the bottom of a failure, however that is wrapped. */
    static boolean causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(DatabaseTrouble::is);
    }

    /** One that can neither end nor be taken back. */
    private static boolean isBrokenUnderATransaction(Throwable cause) {
        return cause instanceof JpaSystemException
                && cause.getCause() instanceof TransactionException;
    }

    private static boolean is(Throwable cause) {
        return cause instanceof CannotCreateTransactionException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof TransientDataAccessException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || isBrokenUnderATransaction(cause);
    }
}
