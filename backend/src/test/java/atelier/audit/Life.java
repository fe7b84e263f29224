package atelier.audit;

import static atelier.audit.Community.ADMIN;
import static atelier.audit.Community.address;
import static atelier.audit.Community.bytes32;
import static atelier.audit.Community.number;

import atelier.chain.ChainHistory;
import atelier.chain.ContractKind;
import atelier.contracts.Workshop;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import atelier.profit.Line;
import atelier.profit.Statement;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;

/** What people do in a small community, and what its operator does for them. */
final class Life {

    static final Duration WEEK = Duration.ofDays(7);
    static final Duration WINDOW = Duration.ofDays(3);

    private static final int AUTHOR = 2;
    private static final int ANA = 3;
    private static final int BEN = 4;
    private static final int SAM = 5;
    private static final int LOU = 6;
    private static final Uint256 ANY_COST = number(1_000_000);
    private static final Hash32 CONTENT = Hash32.parse("c0".repeat(32));

    private final Community in;

    Life(Community in) {
        this.in = in;
    }

    /** Everything that brings or costs the treasury something, and a rule that changes. */
    void firstEpoch() {
        List.of(ANA, BEN, LOU).forEach(who -> in.issue(who, 100_000));
        in.join(ANA);
        in.join(BEN);
        in.offer(0, SAM, 37, 1_000);
        in.offer(1, SAM, 5, 1_000);
        in.act(
                AUTHOR,
                ContractKind.WORKSHOP,
                "propose",
                new Uint96(333),
                new DynamicArray<>(Workshop.Input.class, List.of(input(1, 3), input(2, 2))),
                bytes32(CONTENT),
                new Uint64(0));
        in.act(ADMIN, ContractKind.WORKSHOP, "approve", new Uint64(1));
        make("buyAndCraft", ANA, List.of());
        in.act(LOU, ContractKind.WORKSHOP, "buy", numbers(1, 2), numbers(3, 2), ANY_COST);
        make("craft", LOU, List.of(work(ANA, 1)));
        in.sell(ANA, BEN, work(ANA, 1), 10_001, 0, in.account(SAM));
        in.act(LOU, ContractKind.TREASURY, "collect", new Uint8(5), number(777), bytes32(CONTENT));
        in.act(
                ADMIN,
                ContractKind.TREASURY,
                "payCost",
                new Uint8(1),
                address(in.account(SAM)),
                number(50),
                new Utf8String("paper"),
                bytes32(CONTENT));
        in.act(
                ADMIN,
                ContractKind.RULE_BOOK,
                "set",
                new DynamicArray<>(Uint8.class, List.of(new Uint8(0))),
                new DynamicArray<>(Uint128.class, List.of(new Uint128(250))));
        in.sell(BEN, LOU, work(ANA, 1), 9_999, 1);
    }

    /** A sale, a gift to the treasury, and something that a vote spends. */
    void secondEpoch() {
        in.sell(LOU, BEN, work(LOU, 2), 4_321, 0);
        in.act(
                LOU,
                ContractKind.POINTS,
                "transfer",
                address(in.at(ContractKind.TREASURY)),
                number(9));
        in.act(
                ADMIN,
                ContractKind.TREASURY,
                "spend",
                address(in.account(BEN)),
                number(11),
                new Utf8String("thanks"));
    }

    void closeEpoch() {
        in.pass(WEEK);
        in.act(LOU, ContractKind.TREASURY, "closeEpoch");
    }

    /** The statement of an epoch, from what the chain says. */
    Statement statement(int epoch) {
        return statements(in).get(epoch - 1);
    }

    static List<Statement> statements(Community of) {
        try (ChainHistory history = ChainHistory.at(URI.create(of.url()), Duration.ofSeconds(10))) {
            long height = history.height();
            var listed = history.listed(of.at(ContractKind.DIRECTORY), height);
            Facts facts = Facts.from(listed);
            history.read(listed, height, facts);
            return facts.statements(history.chainId());
        }
    }

    void publish(Statement statement, Hash32 expected) {
        publish(statement, statement.tree().root(), Made.of(statement).text(), expected);
    }

    void publish(Statement statement, Hash32 root, Hash32 text, Hash32 expected) {
        in.act(
                ADMIN,
                ContractKind.PROFIT_SHARE,
                "publish",
                new Uint32(statement.epoch().number()),
                bytes32(root),
                new Uint64(statement.total().units()),
                bytes32(expected),
                bytes32(text));
    }

    /** Waits for the statement to count and pays everybody. */
    void push(Statement statement) {
        in.pass(WINDOW);
        int shares = statement.lines().size();
        List<Uint256> packed =
                statement.lines().stream().map(Life::packed).map(Uint256::new).toList();
        List<Bytes32> proof =
                statement.tree().range(0, shares).stream().map(Community::bytes32).toList();
        in.act(
                LOU,
                ContractKind.PROFIT_SHARE,
                "push",
                number(0),
                number(statement.tree().depth()),
                new DynamicArray<>(Uint256.class, packed),
                new DynamicArray<>(Bytes32.class, proof));
    }

    private static BigInteger packed(Line line) {
        return new BigInteger(1, line.account().bytes())
                .shiftLeft(96)
                .or(line.total().units().shiftLeft(48))
                .or(line.fresh().units());
    }

    private void make(String how, int who, List<BigInteger> parents) {
        in.act(
                who,
                ContractKind.WORKSHOP,
                how,
                new Uint64(1),
                bytes32(CONTENT),
                new DynamicArray<>(Uint256.class, parents.stream().map(Uint256::new).toList()),
                ANY_COST);
    }

    private BigInteger work(int creator, int serial) {
        return WorkId.of(new RecipeId(1), in.account(creator), serial).tokenId();
    }

    private static Workshop.Input input(long supply, long amount) {
        return new Workshop.Input(BigInteger.valueOf(supply), BigInteger.valueOf(amount));
    }

    private static DynamicArray<Uint256> numbers(long... values) {
        return new DynamicArray<>(
                Uint256.class,
                java.util.Arrays.stream(values).mapToObj(Community::number).toList());
    }
}
