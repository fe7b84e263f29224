package atelier.chain.deploy;

import static atelier.chain.ContractKind.ACCESS_MANAGER;
import static atelier.chain.ContractKind.DIRECTORY;
import static atelier.chain.ContractKind.FORWARDER;
import static atelier.chain.ContractKind.MARKET;
import static atelier.chain.ContractKind.POINTS;
import static atelier.chain.ContractKind.RULE_BOOK;
import static atelier.chain.ContractKind.SUPPLIES;
import static atelier.chain.ContractKind.TREASURY;
import static atelier.chain.ContractKind.WORKS;
import static atelier.chain.ContractKind.WORKSHOP;

import atelier.chain.ContractKind;
import atelier.contracts.AccessManager;
import atelier.contracts.Directory;
import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Market;
import atelier.contracts.Points;
import atelier.contracts.RuleBook;
import atelier.contracts.Supplies;
import atelier.contracts.Treasury;
import atelier.contracts.Works;
import atelier.contracts.Workshop;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The deployment of a community, in order. */
public final class Plan {

    /** EIP-712 name of the forwarder; OpenZeppelin fixes the version at 1. */
    public static final String FORWARDER_NAME = "Atelier Forwarder";

    private static final BigInteger OPERATOR = BigInteger.ONE;

    /**
     * Values of the rules at the start, by rule id; RuleBook's documentation says what they are.
     */
    private static final List<Long> RULES =
            List.of(
                    500L,
                    800L,
                    300L,
                    1_000L,
                    50L,
                    8_000L,
                    2_000L,
                    100_000_000L,
                    604_800L,
                    3L,
                    0L,
                    100_000_000L,
                    20_000L);

    private static final List<ContractKind> LISTED =
            List.of(
                    POINTS,
                    SUPPLIES,
                    WORKS,
                    WORKSHOP,
                    MARKET,
                    RULE_BOOK,
                    TREASURY,
                    ACCESS_MANAGER,
                    FORWARDER);

    private Plan() {}

    /** Every step; those that create come first. */
    public static List<Step> steps() {
        List<Step> steps = new ArrayList<>(creations());
        steps.addAll(wiring());
        LISTED.forEach(kind -> steps.add(list(kind)));
        List.of(POINTS, SUPPLIES, WORKS).forEach(kind -> steps.add(seal(kind)));
        return List.copyOf(steps);
    }

    /** The step by which a relayer joins that was not there at the start; counted from 2. */
    public static String joining(int number) {
        return "let relayer %d issue points".formatted(number);
    }

    /** What that step sends to the points. */
    public static byte[] join(atelier.kernel.Address relayer) {
        return call("addIssuer", address(relayer));
    }

    /** Asks the points whether it has. */
    public static byte[] isIssuer(atelier.kernel.Address relayer) {
        return call("isIssuer", address(relayer));
    }

    private static List<Step> creations() {
        return List.of(
                create(ACCESS_MANAGER, AccessManager.BINARY, s -> List.of(address(s.deployer()))),
                create(
                        FORWARDER,
                        ERC2771Forwarder.BINARY,
                        _ -> List.of(new Utf8String(FORWARDER_NAME))),
                create(RULE_BOOK, RuleBook.BINARY, s -> administered(s, rules())),
                create(
                        POINTS,
                        Points.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, RULE_BOOK),
                                        new Utf8String("Atelier Points"),
                                        new Utf8String("PT"))),
                create(TREASURY, Treasury.BINARY, s -> administered(s, at(s, POINTS))),
                create(
                        SUPPLIES,
                        Supplies.BINARY,
                        s -> administered(s, metadata(s, "supplies/{id}"))),
                create(
                        WORKS,
                        Works.BINARY,
                        s -> administered(s, at(s, RULE_BOOK), metadata(s, "works/"))),
                create(
                        WORKSHOP,
                        Workshop.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, POINTS),
                                        at(s, SUPPLIES),
                                        at(s, WORKS),
                                        at(s, RULE_BOOK),
                                        at(s, TREASURY))),
                create(
                        MARKET,
                        Market.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, POINTS),
                                        at(s, WORKS),
                                        at(s, WORKSHOP),
                                        at(s, RULE_BOOK),
                                        at(s, TREASURY))),
                create(DIRECTORY, Directory.BINARY, s -> administered(s)));
    }

    private static List<Step> wiring() {
        return List.of(
                module(POINTS, WORKSHOP),
                module(POINTS, MARKET),
                module(POINTS, TREASURY),
                module(SUPPLIES, WORKSHOP),
                module(WORKS, WORKSHOP),
                module(WORKS, MARKET),
                new Step.Act("let the relayer issue points", POINTS, s -> join(s.relayer())),
                operators(RULE_BOOK, "set(uint8[],uint128[])"),
                operators(POINTS, "setPolicy(uint8)"),
                operators(
                        SUPPLIES,
                        "defineSupply(uint8,address,uint88,uint256,string)",
                        "setPrice(uint256,uint88)",
                        "restock(uint256,uint256)"),
                operators(WORKSHOP, "approve(uint64)", "retire(uint64)"),
                operators(WORKS, "setBaseURI(string)"));
    }

    private static Step create(
            ContractKind kind, String binary, Function<Site, List<Type<?>>> arguments) {
        return new Step.Create(
                kind,
                site ->
                        Numeric.hexStringToByteArray(
                                binary
                                        + FunctionEncoder.encodeConstructor(
                                                raw(arguments.apply(site)))));
    }

    private static Step module(ContractKind target, ContractKind module) {
        return new Step.Act(
                "add " + module.directoryName() + " to " + target.directoryName(),
                target,
                s -> call("addModule", at(s, module)));
    }

    private static Step operators(ContractKind target, String... functions) {
        DynamicArray<Bytes4> selectors =
                new DynamicArray<>(
                        Bytes4.class, Arrays.stream(functions).map(Plan::selector).toList());
        return new Step.Act(
                "let operators administer " + target.directoryName(),
                ACCESS_MANAGER,
                s -> call("setTargetFunctionRole", at(s, target), selectors, new Uint64(OPERATOR)));
    }

    private static Step list(ContractKind kind) {
        return new Step.Act(
                "list " + kind.directoryName(),
                DIRECTORY,
                s -> call("add", name(kind), at(s, kind), new Uint64(s.blockOf(kind))));
    }

    private static Step seal(ContractKind kind) {
        return new Step.Act("seal " + kind.directoryName(), kind, _ -> call("sealModules"));
    }

    private static List<Type<?>> administered(Site site, Type<?>... more) {
        List<Type<?>> arguments = new ArrayList<>();
        arguments.add(at(site, ACCESS_MANAGER));
        arguments.add(at(site, FORWARDER));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Type<?> rules() {
        return new DynamicArray<>(Uint128.class, RULES.stream().map(Uint128::new).toList());
    }

    private static Type<?> metadata(Site site, String path) {
        return new Utf8String(site.publicUrl() + "/metadata/" + path);
    }

    private static Address at(Site site, ContractKind kind) {
        return address(site.at(kind));
    }

    private static Address address(atelier.kernel.Address address) {
        return new Address(address.toString());
    }

    private static Bytes32 name(ContractKind kind) {
        return new Bytes32(
                Arrays.copyOf(kind.directoryName().getBytes(StandardCharsets.US_ASCII), 32));
    }

    private static Bytes4 selector(String signature) {
        byte[] hash = Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII));
        return new Bytes4(Arrays.copyOf(hash, 4));
    }

    private static byte[] call(String function, Type<?>... arguments) {
        return Numeric.hexStringToByteArray(
                FunctionEncoder.encode(
                        new org.web3j.abi.datatypes.Function(
                                function, raw(List.of(arguments)), List.of())));
    }

    /** web3j takes its types without their parameters. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<Type> raw(List<Type<?>> types) {
        return (List) types;
    }
}
