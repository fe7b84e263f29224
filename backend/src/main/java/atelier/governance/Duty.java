package atelier.governance;

import static atelier.chain.ContractKind.DIRECTORY;
import static atelier.chain.ContractKind.POINTS;
import static atelier.chain.ContractKind.PROFIT_SHARE;
import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.RULE_BOOK;
import static atelier.chain.ContractKind.SEATS;
import static atelier.chain.ContractKind.SUPPLIES;
import static atelier.chain.ContractKind.TREASURY;
import static atelier.chain.ContractKind.WORKS;
import static atelier.chain.ContractKind.WORKSHOP;

import atelier.chain.ContractKind;
import atelier.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.Hash;

/** What somebody may be allowed to do here: functions of our contracts that mean one thing. */
public enum Duty {
    RULES(Set.of(RULE_BOOK), "set(uint8[],uint128[])"),
    POLICY(Set.of(POINTS), "setPolicy(uint8)"),
    MODULES(Set.of(POINTS, SUPPLIES, WORKS), "addModule(address)", "removeModule(address)"),
    CONTRACTS(Set.of(DIRECTORY), "add(bytes32,address,uint64)", "retire(address)"),
    WORD(Set.of(DIRECTORY), "note(string)"),
    SPENDING(Set.of(TREASURY), "spend(address,uint256,string)"),
    EXPULSION(Set.of(SEATS), "revoke(uint256,string)", "pardon(address)"),
    RECOVERY(Set.of(SEATS), "recover(uint256,address)"),
    ADMISSION(Set.of(SEATS), "setRegistrar(address)"),
    STATEMENTS_HELD(Set.of(PROFIT_SHARE), "release()", "cancel()"),
    PROPOSING(Set.of(RATCHET), "schedule(address[],bytes[],bytes32)"),
    OPENING(Set.of(RATCHET), "raiseByOperator()"),
    SUPPLIES_KEPT(
            Set.of(SUPPLIES),
            "defineSupply(uint8,address,uint88,uint256,string)",
            "setPrice(uint256,uint88)",
            "restock(uint256,uint256)"),
    RECIPES(Set.of(WORKSHOP), "approve(uint64)", "retire(uint64)"),
    PICTURES(Set.of(WORKS), "setBaseURI(string)"),
    COSTS(Set.of(TREASURY), "payCost(uint8,address,uint256,string,bytes32)"),
    STATEMENTS(Set.of(PROFIT_SHARE), "publish(uint32,bytes32,uint64,bytes32,bytes32)"),
    FUNDING(Set.of(TREASURY), "fund(uint256)"),
    ISSUERS(Set.of(POINTS), "addIssuer(address)", "removeIssuer(address)");

    /** Whose functions operators may propose calls to, as the Ratchet was set up. */
    private static final Set<ContractKind> OPERATED =
            Set.of(RULE_BOOK, POINTS, TREASURY, WORKS, DIRECTORY);

    private static final int SELECTOR = 10;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<ContractKind> contracts;

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList is immutable
    private final List<String> selectors;

    Duty(Set<ContractKind> contracts, String... functions) {
        this.contracts = contracts;
        this.selectors = Arrays.stream(functions).map(Duty::selector).toList();
    }

    private static String selector(String function) {
        byte[] hash = Hash.sha3(function.getBytes(StandardCharsets.US_ASCII));
        return Bytes.hex(hash).substring(0, SELECTOR);
    }

    /** What calling a function is; nothing for one that we have no word for. */
    static Optional<Duty> of(ContractKind contract, byte[] selector) {
        String wanted = Bytes.hex(selector);
        return Arrays.stream(values())
                .filter(duty -> duty.contracts.contains(contract))
                .filter(duty -> duty.selectors.contains(wanted))
                .findFirst();
    }

    /** Whether operators may propose it to the timelock, as long as they may propose anything. */
    boolean operated() {
        return contracts.stream().anyMatch(OPERATED::contains);
    }

    /** Lower-case with hyphens, in messages and the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
