package atelier.chain.deploy;

import static atelier.chain.ContractKind.ACCESS_MANAGER;
import static atelier.chain.ContractKind.COUNCIL;
import static atelier.chain.ContractKind.DIRECTORY;
import static atelier.chain.ContractKind.FORWARDER;
import static atelier.chain.ContractKind.MARKET;
import static atelier.chain.ContractKind.POINTS;
import static atelier.chain.ContractKind.PROFIT_SHARE;
import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.RULE_BOOK;
import static atelier.chain.ContractKind.SEATS;
import static atelier.chain.ContractKind.SUPPLIES;
import static atelier.chain.ContractKind.TIMELOCK;
import static atelier.chain.ContractKind.TREASURY;
import static atelier.chain.ContractKind.WORKS;
import static atelier.chain.ContractKind.WORKSHOP;
import static atelier.chain.deploy.Encoded.address;
import static atelier.chain.deploy.Encoded.at;
import static atelier.chain.deploy.Encoded.call;

import atelier.chain.ContractKind;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint48;
import org.web3j.abi.datatypes.generated.Uint64;

/** The deployment of a community, in order. */
public final class Plan {

    /** EIP-712 name of the forwarder; OpenZeppelin fixes the version at 1. */
    public static final String FORWARDER_NAME = "Atelier Forwarder";

    /** How long the operator may cancel proposals that do not raise the ratchet. */
    private static final Duration GUARDED = Duration.ofDays(365);

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
                    20_000L,
                    86_400L,
                    432_000L,
                    86_400L,
                    43_200L,
                    2_000L,
                    604_800L,
                    200L,
                    5L,
                    3L,
                    259_200L,
                    10_000_000L,
                    8_000L,
                    4_000L,
                    1_500L,
                    1_000L,
                    500L,
                    1_000L,
                    1_500L,
                    500L,
                    5_000L,
                    2_000L);

    private static final List<ContractKind> LISTED =
            List.of(
                    POINTS,
                    SUPPLIES,
                    WORKS,
                    WORKSHOP,
                    MARKET,
                    RULE_BOOK,
                    TREASURY,
                    SEATS,
                    COUNCIL,
                    RATCHET,
                    TIMELOCK,
                    PROFIT_SHARE,
                    DIRECTORY,
                    ACCESS_MANAGER,
                    FORWARDER);

    private Plan() {}

    /** Every step; those that create come first. */
    public static List<Step> steps() {
        List<Step> steps = new ArrayList<>(creations());
        steps.addAll(wiring());
        LISTED.forEach(kind -> steps.add(list(kind)));
        List.of(POINTS, SUPPLIES, WORKS).forEach(kind -> steps.add(seal(kind)));
        steps.addAll(Authority.steps());
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
                createAfterOthers(
                        TREASURY,
                        Treasury.BINARY,
                        s -> administered(s, at(s, POINTS), at(s, RULE_BOOK))),
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
                create(DIRECTORY, Directory.BINARY, s -> administered(s)),
                create(
                        SEATS,
                        Seats.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, RULE_BOOK),
                                        address(s.deployer()),
                                        metadata(s, "seats/"))),
                create(TIMELOCK, TimelockController.BINARY, Plan::timelock),
                create(
                        RATCHET,
                        Ratchet.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, TIMELOCK),
                                        address(s.deployer()),
                                        new Uint48(GUARDED.toSeconds()))),
                create(
                        COUNCIL,
                        Council.BINARY,
                        s ->
                                List.of(
                                        at(s, FORWARDER),
                                        at(s, TIMELOCK),
                                        at(s, SEATS),
                                        at(s, RULE_BOOK),
                                        at(s, DIRECTORY),
                                        at(s, RATCHET))),
                create(
                        PROFIT_SHARE,
                        ProfitShare.BINARY,
                        s ->
                                administered(
                                        s,
                                        at(s, POINTS),
                                        at(s, RULE_BOOK),
                                        at(s, TREASURY),
                                        at(s, SEATS),
                                        at(s, RATCHET))));
    }

    /**
     * Whoever proposes is the ratchet's to say; what waited long enough anybody may carry out. A
     * vote can set another delay.
     */
    private static List<Type<?>> timelock(Site site) {
        return List.of(
                new Uint256(site.delay().toSeconds()),
                new DynamicArray<>(Address.class, List.of()),
                new DynamicArray<>(Address.class, List.of(Address.DEFAULT)),
                address(site.deployer()));
    }

    private static List<Step> wiring() {
        return List.of(
                module(POINTS, WORKSHOP),
                module(POINTS, MARKET),
                module(POINTS, TREASURY),
                module(POINTS, PROFIT_SHARE),
                module(SUPPLIES, WORKSHOP),
                module(WORKS, WORKSHOP),
                module(WORKS, MARKET),
                new Step.Act("let the relayer issue points", POINTS, s -> join(s.relayer())));
    }

    private static Step create(
            ContractKind kind, String binary, Function<Site, List<Type<?>>> arguments) {
        return new Step.Create(
                kind, false, site -> Encoded.creation(binary, arguments.apply(site)));
    }

    /** The treasury asks the rules how long its first epoch lasts. */
    private static Step createAfterOthers(
            ContractKind kind, String binary, Function<Site, List<Type<?>>> arguments) {
        return new Step.Create(kind, true, site -> Encoded.creation(binary, arguments.apply(site)));
    }

    private static Step module(ContractKind target, ContractKind module) {
        return new Step.Act(
                "add " + module.directoryName() + " to " + target.directoryName(),
                target,
                s -> call("addModule", at(s, module)));
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

    private static Bytes32 name(ContractKind kind) {
        return new Bytes32(
                Arrays.copyOf(kind.directoryName().getBytes(StandardCharsets.US_ASCII), 32));
    }
}
