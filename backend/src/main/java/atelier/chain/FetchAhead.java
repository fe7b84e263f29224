package atelier.chain;

import atelier.kernel.Address;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * Fetches and checks the next range while the database works on this one. What was fetched ahead
 * must link to the mirror's newest block as anything else, so a reorg meanwhile is found.
 */
@Component
@Primary
class FetchAhead implements Ranges, DisposableBean {

    private record Asked(Set<Address> contracts, long from, long to) {}

    private record Coming(Asked asked, Future<Range> range) {}

    private final Fetch fetch;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("chain-ahead").factory());
    private @Nullable Coming coming;

    FetchAhead(Fetch fetch) {
        this.fetch = fetch;
    }

    @Override
    public Range range(Collection<Address> contracts, long from, long to) {
        Coming ready = coming;
        coming = null;
        if (ready == null) {
            return fetch.range(contracts, from, to);
        }
        if (!ready.asked().equals(new Asked(Set.copyOf(contracts), from, to))) {
            ready.range().cancel(true);
            return fetch.range(contracts, from, to);
        }
        try {
            return ready.range().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailable("Interrupted while waiting for the node", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Range block(Collection<Address> contracts, Node.Header header) {
        return fetch.block(contracts, header);
    }

    @Override
    public void ahead(Collection<Address> contracts, long from, long to) {
        Asked asked = new Asked(Set.copyOf(contracts), from, to);
        coming = new Coming(asked, thread.submit(() -> fetch.range(contracts, from, to)));
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
