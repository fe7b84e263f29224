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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
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
    private final Map<Address, Contract> bound = new ConcurrentHashMap<>();
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

    /** Whose key sends what is {@link Call.Direct}. */
    public Address keeper() {
        return get().deployer();
    }

    /** The chain's id, as signatures name it. */
    public long chainId() {
        return get().chainId();
    }

    public Points points() {
        return bound(ContractKind.POINTS, Points.class, Points::load);
    }

    /** The points as they were after a block. */
    public Points pointsAt(long block) {
        return at(block, bind(ContractKind.POINTS, Points::load));
    }

    public Supplies supplies() {
        return bound(ContractKind.SUPPLIES, Supplies.class, Supplies::load);
    }

    /** The supplies as they were after a block. */
    public Supplies suppliesAt(long block) {
        return at(block, bind(ContractKind.SUPPLIES, Supplies::load));
    }

    public Works works() {
        return bound(ContractKind.WORKS, Works.class, Works::load);
    }

    /** The works as they were after a block. */
    public Works worksAt(long block) {
        return at(block, bind(ContractKind.WORKS, Works::load));
    }

    public Workshop workshop() {
        return bound(ContractKind.WORKSHOP, Workshop.class, Workshop::load);
    }

    public Market market() {
        return bound(ContractKind.MARKET, Market.class, Market::load);
    }

    public RuleBook ruleBook() {
        return bound(ContractKind.RULE_BOOK, RuleBook.class, RuleBook::load);
    }

    public Treasury treasury() {
        return bound(ContractKind.TREASURY, Treasury.class, Treasury::load);
    }

    public Directory directory() {
        return bound(ContractKind.DIRECTORY, Directory.class, Directory::load);
    }

    public Seats seats() {
        return bound(ContractKind.SEATS, Seats.class, Seats::load);
    }

    public Council council() {
        return bound(ContractKind.COUNCIL, Council.class, Council::load);
    }

    public Ratchet ratchet() {
        return bound(ContractKind.RATCHET, Ratchet.class, Ratchet::load);
    }

    public TimelockController timelock() {
        return bound(ContractKind.TIMELOCK, TimelockController.class, TimelockController::load);
    }

    public ProfitShare profitShare() {
        return bound(ContractKind.PROFIT_SHARE, ProfitShare.class, ProfitShare::load);
    }

    public AccessManager accessManager() {
        return bound(ContractKind.ACCESS_MANAGER, AccessManager.class, AccessManager::load);
    }

    public ERC2771Forwarder forwarder() {
        return bound(ContractKind.FORWARDER, ERC2771Forwarder.class, ERC2771Forwarder::load);
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

    /**
     * Bound once for each address: a binding makes an HTTP client of its own, with all of its TLS,
     * for names that nobody here looks up.
     */
    private <C extends Contract> C bound(ContractKind kind, Class<C> type, Binding<C> binding) {
        return type.cast(bound.computeIfAbsent(address(kind), _ -> bind(kind, binding)));
    }

    private <C extends Contract> C bind(ContractKind kind, Binding<C> binding) {
        return binding.load(address(kind).toString(), views, reader, NO_GAS);
    }

    /** A binding that nobody else is given, for it is told which block to look at. */
    private static <C extends Contract> C at(long block, C contract) {
        contract.setDefaultBlockParameter(DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
        return contract;
    }
}
