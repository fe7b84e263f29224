package atelier.chain;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** This process's claims on the work that only one process does at a time. */
@Component
class Leases {

    private final UUID process = UUID.randomUUID();
    private final Lease sender;
    private final Lease reader;

    Leases(JdbcClient database, ChainProperties properties) {
        this.sender = new Lease(database, "sender", process, properties.lease());
        this.reader = new Lease(database, "reader", process, properties.lease());
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

    void release() {
        sender.release();
        reader.release();
    }
}
