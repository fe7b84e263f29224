package atelier.chain;

import atelier.contracts.AccessManager;
import atelier.contracts.Council;
import atelier.contracts.Directory;
import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Market;
import atelier.contracts.Points;
import atelier.contracts.ProfitShare;
import atelier.contracts.Ratchet;
import atelier.contracts.RuleBook;
import atelier.contracts.Seats;
import atelier.contracts.Supplies;
import atelier.contracts.TimelockController;
import atelier.contracts.Treasury;
import atelier.contracts.Works;
import atelier.contracts.Workshop;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.web3j.protocol.Web3j;
import org.web3j.tx.Contract;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * The community's contracts on its chain, and web3j's bindings for their views and for encoding
 * calls to them; they send nothing. Until the contracts are deployed every question is refused with
 * {@code chain.deploying}. A deployment on record answers before the node does; nothing is sent
 * there until the node's chain has been recognised.
 */
@Component
public class Contracts {

    /** What a finished deployment left behind. */
    record Deployed(
            int era,
            long chainId,
            Map<ContractKind, Address> addresses,
            Address deployer,
            Address relayer,
            long firstBlock) {

        MirrorScope scope() {
            return new MirrorScope(addresses, firstBlock);
        }

        Address at(ContractKind kind) {
            return Objects.requireNonNull(addresses.get(kind), kind::directoryName);
        }
    }

    private static final ContractGasProvider NO_GAS =
            new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final Web3j views;
    private final TransactionManager reader;
    private volatile @Nullable Deployed deployed;
    private volatile boolean recognised;

    Contracts(Web3j views) {
        this.views = views;
        this.reader = new ReadonlyTransactionManager(views, Address.ZERO.toString());
    }

    /** Whether the contracts can be used. */
    public boolean deployed() {
        return deployed != null;
    }

    /** Where a contract is. */
    public Address address(ContractKind kind) {
        return get().at(kind);
    }

    /** Which contract is at an address. */
    public Map<Address, ContractKind> kinds() {
        return get().scope().kinds();
    }

    /** The chain's id, as signatures name it. */
    public long chainId() {
        return get().chainId();
    }

    public Points points() {
        return bind(ContractKind.POINTS, Points::load);
    }

    public Supplies supplies() {
        return bind(ContractKind.SUPPLIES, Supplies::load);
    }

    public Works works() {
        return bind(ContractKind.WORKS, Works::load);
    }

    public Workshop workshop() {
        return bind(ContractKind.WORKSHOP, Workshop::load);
    }

    public Market market() {
        return bind(ContractKind.MARKET, Market::load);
    }

    public RuleBook ruleBook() {
        return bind(ContractKind.RULE_BOOK, RuleBook::load);
    }

    public Treasury treasury() {
        return bind(ContractKind.TREASURY, Treasury::load);
    }

    public Directory directory() {
        return bind(ContractKind.DIRECTORY, Directory::load);
    }

    public Seats seats() {
        return bind(ContractKind.SEATS, Seats::load);
    }

    public Council council() {
        return bind(ContractKind.COUNCIL, Council::load);
    }

    public Ratchet ratchet() {
        return bind(ContractKind.RATCHET, Ratchet::load);
    }

    public TimelockController timelock() {
        return bind(ContractKind.TIMELOCK, TimelockController::load);
    }

    public ProfitShare profitShare() {
        return bind(ContractKind.PROFIT_SHARE, ProfitShare::load);
    }

    public AccessManager accessManager() {
        return bind(ContractKind.ACCESS_MANAGER, AccessManager::load);
    }

    public ERC2771Forwarder forwarder() {
        return bind(ContractKind.FORWARDER, ERC2771Forwarder::load);
    }

    /** Answers from what is on record, whatever chain the node may turn out to be on. */
    void recall(Deployed deployment) {
        deployed = deployment;
    }

    /** The node is on the chain of this deployment. */
    void open(Deployed deployment) {
        deployed = deployment;
        recognised = true;
    }

    void close() {
        recognised = false;
        deployed = null;
    }

    /** Whether the contracts are there on the node's chain, so that something can be sent. */
    boolean recognised() {
        return recognised;
    }

    Deployed get() {
        Deployed now = deployed;
        if (now == null) {
            throw Refused.unavailable("chain.deploying");
        }
        return now;
    }

    private interface Binding<C extends Contract> {
        C load(String at, Web3j node, TransactionManager caller, ContractGasProvider gas);
    }

    private <C extends Contract> C bind(ContractKind kind, Binding<C> binding) {
        return binding.load(address(kind).toString(), views, reader, NO_GAS);
    }
}
