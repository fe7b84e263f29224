package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.chain.deploy.Site;
import atelier.chain.deploy.Step;
import atelier.kernel.Address;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.web3j.crypto.ContractUtils;

/**
 * Puts the plan's contracts on the chain, one recorded transaction per step, and takes up where it
 * was interrupted: a step whose bytes are stored is sent again, never made anew.
 */
@Component
class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private final DeploymentRows rows;
    private final Node node;
    private final Slots slots;
    private final DeployerCalls calls;
    private final Delivery delivery;
    private final Funding funding;
    private final Leases leases;
    private final Vault vault;
    private final String publicUrl;
    private final Duration delay;

    Deployment(
            DeploymentRows rows,
            Node node,
            Slots slots,
            DeployerCalls calls,
            Delivery delivery,
            Funding funding,
            Leases leases,
            Vault vault,
            @Value("${atelier.public-url:http://localhost:8080}") String publicUrl,
            @Value("${atelier.chain.timelock-delay:0s}") Duration delay) {
        this.rows = rows;
        this.node = node;
        this.slots = slots;
        this.calls = calls;
        this.delivery = delivery;
        this.funding = funding;
        this.leases = leases;
        this.vault = vault;
        this.publicUrl = publicUrl;
        this.delay = delay;
    }

    /** The finished deployment of this era, if there is one. */
    Optional<Contracts.Deployed> finished(Era era) {
        Map<String, DeploymentRows.Row> recorded = rows.of(era.number());
        boolean complete =
                Plan.steps().stream()
                        .allMatch(step -> {
                            DeploymentRows.Row row = recorded.get(step.name());
                            return row != null && row.mined() && row.worked();
                        });
        return complete ? Optional.of(deployed(era, recorded)) : Optional.empty();
    }

    /**
     * Carries out what is left of the plan; the caller holds the sender's lease.
     *
     * @throws ChainRefused if a step cannot be carried out
     */
    Contracts.Deployed carryOut(Era era) {
        Address deployer = vault.systemKey("deployer");
        Address relayer = vault.systemKey("relayer");
        funding.await(era, deployer, relayer);
        List<Step> unsettled = new ArrayList<>();
        int number = 0;
        for (Step step : Plan.steps()) {
            number++;
            DeploymentRows.Row row = rows.of(era.number()).get(step.name());
            if (row != null && row.mined()) {
                requireWorked(step, row);
                continue;
            }
            if (row == null) {
                LOG.info("Deploying {} of {}: {}", number, Plan.steps().size(), step.name());
                row = send(era, number, step, deployer, relayer, unsettled);
            } else {
                delivery.send(slots.open(era.number(), deployer));
            }
            unsettled.add(step);
        }
        settle(era, unsettled);
        return finished(era)
                .orElseThrow(() -> new IllegalStateException("The deployment is incomplete"));
    }

    private DeploymentRows.Row send(
            Era era,
            int number,
            Step step,
            Address deployer,
            Address relayer,
            List<Step> unsettled) {
        if (!leases.sender().hold()) {
            throw new Lease.Lost("sender");
        }
        if (dependsOn(step, unsettled)) {
            settle(era, unsettled);
        }
        Site site = site(rows.of(era.number()), deployer, relayer);
        Slots.Place place =
                calls.send(
                        era,
                        deployer,
                        payload(step, site),
                        at -> rows.add(step.name(), number, at, created(step, at)));
        return new DeploymentRows.Row(place.nonce(), null, null, null);
    }

    /** Calls go to contracts that are there, and name the blocks of others. */
    private static boolean dependsOn(Step step, List<Step> unsettled) {
        return step.needsOthers() && unsettled.stream().anyMatch(Step.Create.class::isInstance);
    }

    private Slots.Payload payload(Step step, Site site) {
        Address target =
                switch (step) {
                    case Step.Create _ -> null;
                    case Step.Act act -> site.at(act.target());
                };
        byte[] data =
                switch (step) {
                    case Step.Create create -> create.code().apply(site);
                    case Step.Act act -> act.data().apply(site);
                };
        BigInteger gas = estimate(step, new Node.Tried(site.deployer(), target, data, null));
        return new Slots.Payload(target, data, gas);
    }

    private BigInteger estimate(Step step, Node.Tried tried) {
        try {
            return Gas.withMargin(node.estimateGas(tried));
        } catch (NodeRefused e) {
            throw new ChainRefused(
                    "The step \"%s\" of the deployment would fail: %s."
                            .formatted(step.name(), e.getMessage()),
                    "Check that the deployer's key has its funds and that nothing else uses it,"
                            + " then start again.");
        }
    }

    /** Where a contract will be that is created in this slot. */
    private static @Nullable Address created(Step step, Slots.Place place) {
        return step instanceof Step.Create
                ? Address.parse(
                        ContractUtils.generateContractAddress(
                                place.key().toString(), BigInteger.valueOf(place.nonce())))
                : null;
    }

    private void settle(Era era, List<Step> unsettled) {
        if (unsettled.isEmpty()) {
            return;
        }
        delivery.awaitAll(era, vault.systemKey("deployer"), () -> {});
        Map<String, DeploymentRows.Row> recorded = rows.of(era.number());
        for (Step step : unsettled) {
            requireWorked(step, recorded.get(step.name()));
        }
        unsettled.clear();
    }

    private static void requireWorked(Step step, DeploymentRows.@Nullable Row row) {
        if (row == null || !row.worked()) {
            throw new ChainRefused(
                    "The step \"%s\" of the deployment reverted.".formatted(step.name()),
                    "Nothing can be built on it: use another database to deploy anew.");
        }
    }

    private Contracts.Deployed deployed(Era era, Map<String, DeploymentRows.Row> recorded) {
        Address deployer = vault.systemKey("deployer");
        Address relayer = vault.systemKey("relayer");
        Site site = site(recorded, deployer, relayer);
        long first = site.blocks().values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return new Contracts.Deployed(
                era.number(), era.chainId(), site.contracts(), deployer, relayer, first);
    }

    private Site site(Map<String, DeploymentRows.Row> recorded, Address deployer, Address relayer) {
        Map<ContractKind, Address> contracts = new EnumMap<>(ContractKind.class);
        Map<ContractKind, Long> blocks = new EnumMap<>(ContractKind.class);
        for (Step step : Plan.steps()) {
            DeploymentRows.Row row = recorded.get(step.name());
            if (step instanceof Step.Create create && row != null) {
                if (row.address() != null) {
                    contracts.put(create.kind(), row.address());
                }
                if (row.block() != null) {
                    blocks.put(create.kind(), row.block());
                }
            }
        }
        return new Site(contracts, blocks, deployer, relayer, publicUrl, delay);
    }
}
