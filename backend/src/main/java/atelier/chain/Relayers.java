package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.kernel.Address;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The relayers of a deployment: one from the start, and those that have joined it since. Who joins
 * is written down while the leases of all others are ours, so that nobody sends for members who are
 * another relayer's from then on.
 */
@Component
class Relayers implements Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Relayers.class);
    private static final int FIRST_TO_JOIN = 2;

    private final DeploymentRows rows;
    private final TransactionOperations transactions;
    private final Node node;
    private final DeployerCalls calls;
    private final Delivery delivery;
    private final Funding funding;
    private final Leases leases;
    private final Vault vault;
    private final ChainProperties properties;

    Relayers(
            DeploymentRows rows,
            TransactionOperations transactions,
            Node node,
            DeployerCalls calls,
            Delivery delivery,
            Funding funding,
            Leases leases,
            Vault vault,
            ChainProperties properties) {
        this.rows = rows;
        this.transactions = transactions;
        this.node = node;
        this.calls = calls;
        this.delivery = delivery;
        this.funding = funding;
        this.leases = leases;
        this.vault = vault;
        this.properties = properties;
    }

    @Override
    public List<Address> relayers(Contracts.Deployed deployed) {
        Map<String, DeploymentRows.Row> recorded = rows.of(deployed.era());
        List<Address> relayers = new ArrayList<>(List.of(deployed.relayer()));
        for (int number = FIRST_TO_JOIN; recorded.containsKey(Plan.joining(number)); number++) {
            relayers.add(key(number));
        }
        return List.copyOf(relayers);
    }

    /** Lets those join that are wanted and can pay, unless another process sends. */
    void enlist(Era era, Contracts.Deployed deployed) {
        int there = relayers(deployed).size();
        for (int number = there + 1; number <= properties.relayers(); number++) {
            if (!holdsAllBefore(number)) {
                LOG.info("Relayer {} joins at a start at which nobody else sends", number);
                return;
            }
            if (!funding.pays(era, deployed.deployer(), key(number))) {
                return;
            }
            try {
                join(era, deployed, number);
            } catch (NodeRefused e) {
                LOG.warn("Relayer {} cannot join: {}", number, e.getMessage());
                return;
            }
        }
    }

    private void join(Era era, Contracts.Deployed deployed, int number) {
        Address points = deployed.at(ContractKind.POINTS);
        byte[] data = Plan.join(key(number));
        BigInteger gas = node.estimateGas(new Node.Tried(deployed.deployer(), points, data, null));
        Slots.Payload payload = new Slots.Payload(points, data, Gas.withMargin(gas));
        Slots.Place place = calls.send(era, deployed.deployer(), payload, _ -> {});
        delivery.awaitAll(era, deployed.deployer(), () -> requireAllBefore(number));
        requireIssuer(deployed, number);
        transactions.executeWithoutResult(_ -> {
            IntStream.range(0, number - 1).forEach(held -> leases.relayer(held).fence());
            rows.add(Plan.joining(number), Plan.steps().size() + number, place, null);
        });
        LOG.info("Relayer {} has joined: {}", number, key(number));
    }

    private void requireIssuer(Contracts.Deployed deployed, int number) {
        byte[] answer =
                node.call(
                        new Node.Tried(
                                Address.ZERO,
                                deployed.at(ContractKind.POINTS),
                                Plan.isIssuer(key(number)),
                                null),
                        Node.LATEST);
        if (new BigInteger(1, answer).signum() == 0) {
            throw new NodeRefused(0, "it may not issue points", null);
        }
    }

    private boolean holdsAllBefore(int number) {
        return IntStream.range(0, number - 1).allMatch(held -> leases.relayer(held).hold());
    }

    private void requireAllBefore(int number) {
        if (!holdsAllBefore(number)) {
            throw new Lease.Lost("sender");
        }
    }

    private Address key(int number) {
        return vault.systemKey("relayer-" + number);
    }
}
