package atelier.chain;

import atelier.kernel.Address;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Convert;

/**
 * Sees to it that the platform's keys can pay: from the faucet of a development chain, or by saying
 * what is needed and waiting for it.
 */
@Component
class Funding {

    private static final Logger LOG = LoggerFactory.getLogger(Funding.class);
    private static final BigInteger DEPLOYER_GAS = BigInteger.valueOf(50_000_000);
    private static final BigInteger RELAYER_GAS = BigInteger.valueOf(20_000_000);
    private static final BigInteger JOIN_GAS = BigInteger.valueOf(200_000);
    private static final BigInteger FAUCET_GIFT =
            Convert.toWei("1000", Convert.Unit.ETHER).toBigInteger();
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LOOK_SLOWLY = Duration.ofSeconds(5);

    private final Node node;
    private final ChainProperties properties;
    private final Leases leases;
    private volatile @Nullable Map<String, String> needs;

    Funding(Node node, ChainProperties properties, Leases leases) {
        this.node = node;
        this.properties = properties;
        this.leases = leases;
    }

    /** Returns once both keys have what the deployment and the first days need. */
    void await(Era era, Address deployer, Address relayer) {
        BigInteger price = Fees.current(node, properties.maxFeePerGas()).max();
        BigInteger forDeployer = price.multiply(DEPLOYER_GAS);
        BigInteger forRelayer = price.multiply(RELAYER_GAS);
        if (funded(deployer, forDeployer) && funded(relayer, forRelayer)) {
            return;
        }
        String faucet = properties.faucetKey();
        if (faucet != null) {
            give(era, faucet, deployer, forDeployer);
            give(era, faucet, relayer, forRelayer);
        } else {
            LOG.info("Waiting for funds on chain {}:", era.chainId());
            LOG.info("  deployer {} needs {}", deployer, ether(forDeployer));
            LOG.info("  relayer  {} needs {}", relayer, ether(forRelayer));
        }
        needs =
                Map.of(
                        deployer.toString(), ether(forDeployer),
                        relayer.toString(), ether(forRelayer));
        Duration pause = faucet == null ? LOOK_SLOWLY : LOOK;
        while (!funded(deployer, forDeployer) || !funded(relayer, forRelayer)) {
            leases.sender().hold();
            Pauses.pause(pause);
        }
        needs = null;
        LOG.info("Deployer and relayer have what they need");
    }

    /**
     * Whether deployer and relayer can pay for one to join; says what is needed if not, and waits
     * for nobody.
     */
    boolean pays(Era era, Address deployer, Address relayer) {
        BigInteger price = Fees.current(node, properties.maxFeePerGas()).max();
        BigInteger forDeployer = price.multiply(JOIN_GAS);
        BigInteger forRelayer = price.multiply(RELAYER_GAS);
        String faucet = properties.faucetKey();
        if (faucet != null) {
            give(era, faucet, deployer, forDeployer);
            give(era, faucet, relayer, forRelayer);
            return true;
        }
        boolean pays = funded(deployer, forDeployer) && funded(relayer, forRelayer);
        if (!pays) {
            LOG.info(
                    "A relayer joins at the first start at which {} has {} and deployer {} has {}",
                    relayer,
                    ether(forRelayer),
                    deployer,
                    ether(forDeployer));
        }
        return pays;
    }

    /** What is waited for, by account; empty while nothing is. */
    Optional<Map<String, String>> needs() {
        return Optional.ofNullable(needs);
    }

    /** What the relayer's balance pays for, in gas at today's price. */
    BigInteger runway(Address relayer) {
        BigInteger price = Fees.current(node, properties.maxFeePerGas()).max();
        return price.signum() == 0 ? Gas.MAX : node.balance(relayer).divide(price);
    }

    private boolean funded(Address account, BigInteger need) {
        return node.balance(account).compareTo(need) >= 0;
    }

    private void give(Era era, String faucetKey, Address to, BigInteger need) {
        if (funded(to, need)) {
            return;
        }
        Credentials faucet = Credentials.create(faucetKey);
        Address from = Address.parse(faucet.getAddress());
        Fees fees = Fees.current(node, properties.maxFeePerGas());
        RawTransaction gift =
                RawTransaction.createTransaction(
                        era.chainId(),
                        BigInteger.valueOf(node.transactionCount(from, "pending")),
                        Gas.TRANSFER,
                        to.toString(),
                        need.max(FAUCET_GIFT),
                        "",
                        fees.priority(),
                        fees.max());
        node.broadcast(TransactionEncoder.signMessage(gift, faucet));
    }

    private static String ether(BigInteger wei) {
        return new BigDecimal(wei).movePointLeft(18).stripTrailingZeros().toPlainString()
                + " of the chain's coin (18 decimals)";
    }
}
