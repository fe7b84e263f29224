package atelier.chain;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** This process's claims on the work that only one process does at a time. */
@Component
class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final UUID process = UUID.randomUUID();
    private final LeaseTable table;
    private final ChainProperties properties;
    private final ConcurrentMap<Integer, Lease> relayers = new ConcurrentHashMap<>();
    private final Lease wanted;
    private final Lease reader;

    Leases(LeaseTable table, ChainProperties properties) {
        this.table = table;
        this.properties = properties;
        this.wanted = lease("sender wanted");
        this.reader = lease("reader");
    }

    UUID process() {
        return process;
    }

    /** The first relayer's and the deployer's keys, and the deployment. */
    Lease sender() {
        return relayer(0);
    }

    /** A relayer's key, counted from 0. */
    Lease relayer(int number) {
        return relayers.computeIfAbsent(
                number, _ -> lease(number == 0 ? "sender" : "sender " + (number + 1)));
    }

    /** Held by a process that has no relayer's key and would like one. */
    Lease wanted() {
        return wanted;
    }

    Lease reader() {
        return reader;
    }

    private Lease lease(String name) {
        return new Lease(table, name, process, properties.lease());
    }

    /** At the end; where the database is gone already, they lapse by themselves. */
    void release() {
        try {
            relayers.values().forEach(Lease::release);
            wanted.release();
            reader.release();
        } catch (DataAccessException e) {
            LOG.debug("The leases were not given back", e);
        }
    }
}
