package atelier.governance;

import atelier.chain.ContractKind;
import atelier.kernel.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.web3j.abi.TypeReference;
import org.web3j.crypto.Hash;

/** Everything that the timelock may do to our contracts, by the contract's function. */
enum Act {
    SET_RULES(ContractKind.RULE_BOOK, "set", "uint8[]", "uint128[]"),
    APPROVE_RECIPE(ContractKind.WORKSHOP, "approve", "uint64"),
    RETIRE_RECIPE(ContractKind.WORKSHOP, "retire", "uint64"),
    SPEND(ContractKind.TREASURY, "spend", "address", "uint256", "string"),
    PAY_COST(ContractKind.TREASURY, "payCost", "uint8", "address", "uint256", "string", "bytes32"),
    NOTE(ContractKind.DIRECTORY, "note", "string"),
    LIST_CONTRACT(ContractKind.DIRECTORY, "add", "bytes32", "address", "uint64"),
    RETIRE_CONTRACT(ContractKind.DIRECTORY, "retire", "address"),
    REVOKE_SEAT(ContractKind.SEATS, "revoke", "uint256", "string"),
    PARDON(ContractKind.SEATS, "pardon", "address"),
    RECOVER_SEAT(ContractKind.SEATS, "recover", "uint256", "address"),
    SET_REGISTRAR(ContractKind.SEATS, "setRegistrar", "address"),
    RAISE(ContractKind.RATCHET, "raise"),
    ASSIGN(ContractKind.RATCHET, "assign", "address", "bytes4[]", "uint64"),
    SET_DELAY(ContractKind.TIMELOCK, "updateDelay", "uint256"),
    SET_POLICY(ContractKind.POINTS, "setPolicy", "uint8"),
    ADD_POINTS_MODULE(ContractKind.POINTS, "addModule", "address"),
    REMOVE_POINTS_MODULE(ContractKind.POINTS, "removeModule", "address"),
    ADD_SUPPLIES_MODULE(ContractKind.SUPPLIES, "addModule", "address"),
    REMOVE_SUPPLIES_MODULE(ContractKind.SUPPLIES, "removeModule", "address"),
    ADD_WORKS_MODULE(ContractKind.WORKS, "addModule", "address"),
    REMOVE_WORKS_MODULE(ContractKind.WORKS, "removeModule", "address"),
    SET_BASE_URI(ContractKind.WORKS, "setBaseURI", "string"),
    SET_PRICE(ContractKind.SUPPLIES, "setPrice", "uint256", "uint88"),
    RESTOCK(ContractKind.SUPPLIES, "restock", "uint256", "uint256"),
    DEFINE_SUPPLY(
            ContractKind.SUPPLIES,
            "defineSupply",
            "uint8",
            "address",
            "uint88",
            "uint256",
            "string"),
    RELEASE_STATEMENT(ContractKind.PROFIT_SHARE, "release"),
    CANCEL_STATEMENT(ContractKind.PROFIT_SHARE, "cancel");

    private static final int SELECTOR_HEX = 10;

    private final ContractKind contract;
    private final String signature;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> types;

    Act(ContractKind contract, String function, String... types) {
        this.contract = contract;
        this.types = List.of(types);
        this.signature = function + "(" + String.join(",", types) + ")";
    }

    ContractKind contract() {
        return contract;
    }

    /** The function with its types, as its selector is made from. */
    String signature() {
        return signature;
    }

    /** The first bytes of a call of it, in hexadecimal. */
    String selector() {
        return Hash.sha3String(signature).substring(0, SELECTOR_HEX);
    }

    boolean opens(byte[] data) {
        byte[] selector = Bytes.parse(selector());
        return data.length >= selector.length
                && Arrays.equals(data, 0, selector.length, selector, 0, selector.length);
    }

    List<TypeReference<?>> arguments() {
        return types.stream().<TypeReference<?>>map(Act::reference).toList();
    }

    /** Lower-case with hyphens, as in messages. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static TypeReference<?> reference(String type) {
        try {
            return TypeReference.makeTypeReference(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("web3j has no " + type, e);
        }
    }
}
