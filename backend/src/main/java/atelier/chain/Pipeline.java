package atelier.chain;

import atelier.chain.deploy.Admission;
import atelier.chain.deploy.Plan;
import atelier.kernel.Refused;
import atelier.vault.TypedDomain;
import atelier.vault.Vault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The two threads that meet the chain: one recognises it, deploys to it and then reads it, the
 * other sends. Both begin once the web server answers, outlive any trouble with node or database,
 * and end with the application.
 */
@Component
class Pipeline implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final ChainProperties properties;
    private final Eras eras;
    private final Deployment deployment;
    private final Relayers relayers;
    private final Contracts contracts;
    private final Reader reader;
    private final Sender sender;
    private final Leases leases;
    private final NodeView view;
    private final Wakeups wakeups;
    private final IntentStore intents;
    private final Vault vault;
    private final @Nullable String devnet;
    private volatile boolean running;
    private volatile @Nullable Thread reading;
    private volatile @Nullable Thread sending;
    private volatile @Nullable Era era;

    Pipeline(
            ChainProperties properties,
            Eras eras,
            Deployment deployment,
            Relayers relayers,
            Contracts contracts,
            Reader reader,
            Sender sender,
            Leases leases,
            NodeView view,
            Wakeups wakeups,
            IntentStore intents,
            Vault vault,
            @Value("${atelier.devnet:#{null}}") @Nullable String devnet) {
        this.properties = properties;
        this.eras = eras;
        this.deployment = deployment;
        this.relayers = relayers;
        this.contracts = contracts;
        this.reader = reader;
        this.sender = sender;
        this.leases = leases;
        this.view = view;
        this.wakeups = wakeups;
        this.intents = intents;
        this.vault = vault;
        this.devnet = devnet;
    }

    @Override
    public void start() {
        running = true;
        recall();
        reading =
                Thread.ofPlatform()
                        .name("chain-reader")
                        .start(() ->
                                PipelineConnections.with(() -> loop(this::read, view::failed)));
        sending =
                Thread.ofPlatform()
                        .name("chain-sender")
                        .start(() -> PipelineConnections.with(() -> loop(this::send, _ -> {})));
    }

    /** A node that is away at the start is no reason to say that we are deploying. */
    private void recall() {
        eras.recorded()
                .ifPresent(known -> {
                    view.chain(known.chainId());
                    deployment.finished(known).ifPresent(contracts::recall);
                });
    }

    @Override
    public void stop() {
        running = false;
        end(sending);
        end(reading);
        leases.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Every round begins anew from what is recorded, so trouble leaves nothing to clean up. */
    private void loop(Work work, Consumer<String> report) {
        String last = "";
        while (running) {
            try {
                work.round();
                last = "";
            } catch (InterruptedException | Pauses.Ended e) {
                return;
            } catch (RuntimeException e) {
                if (!running) {
                    return; // being ended looks like trouble to whoever was waiting
                }
                String words = words(e);
                report.accept(words);
                if (!words.equals(last)) {
                    log(words, e);
                }
                last = words;
                rest();
            }
        }
    }

    private interface Work {
        void round() throws InterruptedException;
    }

    private void read() throws InterruptedException {
        try {
            Era now = era;
            if (now == null) {
                now = begin();
                era = now;
            }
            boolean moved = reader.catchUp(now);
            view.fine();
            if (!moved) {
                wakeups.reader()
                        .await(intents.anyOpen() ? properties.pollBusy() : properties.pollIdle());
            }
        } catch (RuntimeException e) {
            era = null;
            if (e instanceof Reader.ChainRestarted) {
                contracts.close();
            }
            throw e;
        }
    }

    private Era begin() {
        requireAdmitted(eras.chainId());
        Era known = eras.current();
        view.chain(known.chainId());
        if (!contracts.recognised()) {
            view.fine(); // the node answers; whatever is in the way now is said by the sender
        }
        open(known);
        return eras.current(); // now there is a block 1 to know it by
    }

    /** Asked before anything is recorded: a database that knows a chain never takes another. */
    private void requireAdmitted(long chainId) {
        Admission.refusal(chainId, devnet, properties.faucetKey() != null)
                .ifPresent(refusal -> {
                    throw new ChainRefused(refusal, "");
                });
    }

    private void open(Era era) {
        Contracts.Deployed deployed = deployment.finished(era).orElseGet(() -> deploy(era));
        relayers.enlist(era, deployed);
        vault.trust(
                new TypedDomain(
                        Plan.FORWARDER_NAME,
                        "1",
                        deployed.chainId(),
                        deployed.at(ContractKind.FORWARDER)),
                Set.of(ForwardRequests.PRIMARY_TYPE));
        contracts.open(deployed);
    }

    /** One process deploys; the others wait for it. */
    private Contracts.Deployed deploy(Era era) {
        while (!leases.sender().hold()) {
            Pauses.pause(properties.afterTrouble());
            Optional<Contracts.Deployed> byAnother = deployment.finished(era);
            if (byAnother.isPresent()) {
                return byAnother.get();
            }
        }
        Contracts.Deployed deployed = deployment.carryOut(era);
        LOG.info("Deployed; the Directory is {}", deployed.at(ContractKind.DIRECTORY));
        return deployed;
    }

    private void send() throws InterruptedException {
        Duration gather = contracts.recognised() ? sender.round() : Duration.ZERO;
        if (gather.isPositive()) {
            Thread.sleep(gather);
        } else {
            wakeups.sender().await(Sender.LONGEST_REST);
        }
    }

    private void rest() {
        if (running) {
            try {
                Thread.sleep(properties.afterTrouble());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String words(RuntimeException e) {
        return switch (e) {
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    TransactionException _ ->
                    NodeView.DATABASE;
            default -> String.valueOf(e.getMessage());
        };
    }

    /** What can be foreseen is said in a line; anything else is a fault of ours and shows where. */
    private static void log(String words, RuntimeException e) {
        switch (e) {
            case NodeUnavailable _,
                    NodeRefused _,
                    ChainRefused _,
                    Fetch.Contradiction _,
                    Reader.ChainRestarted _,
                    Lease.Lost _,
                    Refused _,
                    DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    TransactionException _ -> {
                LOG.warn("{}", words);
                LOG.debug("Because of", e);
            }
            default -> LOG.error("The pipeline met something unforeseen and goes on", e);
        }
    }

    private static void end(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
