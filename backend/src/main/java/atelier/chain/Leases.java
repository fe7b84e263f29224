package atelier.chain;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** This process's claims on the work that only one process does at a time. */
@Component
class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final UUID process = UUID.randomUUID();
    private final Lease sender;
    private final Lease reader;

    Leases(LeaseTable table, ChainProperties properties) {
        this.sender = new Lease(table, "sender", process, properties.lease());
        this.reader = new Lease(table, "reader", process, properties.lease());
    }

    UUID process() {
        return process;
    }

    Lease sender() {
        return sender;
    }

    Lease reader() {
        return reader;
    }

    /** At the end; where the database is gone already, they lapse by themselves. */
    void release() {
        try {
            sender.release();
            reader.release();
        } catch (DataAccessException e) {
            LOG.debug("The leases were not given back", e);
        }
    }
}
