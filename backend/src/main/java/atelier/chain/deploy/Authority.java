package atelier.chain.deploy;

import static atelier.chain.ContractKind.ACCESS_MANAGER;
import static atelier.chain.ContractKind.COUNCIL;
import static atelier.chain.ContractKind.DIRECTORY;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;

/**
 * Who may administer what, and the last steps of a deployment: from then on the deployer names
 * operators and issuers and does nothing else, and the Ratchet alone is admin.
 */
final class Authority {

    /** Roles in the AccessManager. */
    private enum Role {
        ADMIN(0),
        /** Those who tend the shop, and the timelock. */
        OPERATORS(1),
        /** The timelock: what the operators propose at first, and a vote decides later. */
        COMMUNITY(2),
        /** The contract that pays shares. */
        SHARES(3),
        /** The deployer's key, which appoints operators and relayers. */
        KEEPERS(4);

        private final long number;

        Role(long number) {
            this.number = number;
        }

        Uint64 number() {
            return new Uint64(number);
        }
    }

    /** Functions of one contract that a role may call. */
    private record Placed(ContractKind target, Role role, List<String> functions) {

        byte[] placing(Site site) {
            DynamicArray<Bytes4> selectors =
                    new DynamicArray<>(
                            Bytes4.class, functions.stream().map(Encoded::selector).toList());
            return call("setTargetFunctionRole", at(site, target), selectors, role.number());
        }
    }

    private static final List<Placed> PLACED =
            List.of(
                    placed(RULE_BOOK, Role.COMMUNITY, "set(uint8[],uint128[])"),
                    placed(
                            POINTS,
                            Role.COMMUNITY,
                            "setPolicy(uint8)",
                            "addModule(address)",
                            "removeModule(address)"),
                    placed(POINTS, Role.KEEPERS, "addIssuer(address)", "removeIssuer(address)"),
                    placed(SUPPLIES, Role.COMMUNITY, "addModule(address)", "removeModule(address)"),
                    placed(
                            SUPPLIES,
                            Role.OPERATORS,
                            "defineSupply(uint8,address,uint88,uint256,string)",
                            "setPrice(uint256,uint88)",
                            "restock(uint256,uint256)"),
                    placed(WORKS, Role.COMMUNITY, "addModule(address)", "removeModule(address)"),
                    placed(WORKS, Role.OPERATORS, "setBaseURI(string)"),
                    placed(WORKSHOP, Role.OPERATORS, "approve(uint64)", "retire(uint64)"),
                    placed(
                            DIRECTORY,
                            Role.COMMUNITY,
                            "add(bytes32,address,uint64)",
                            "retire(address)",
                            "note(string)"),
                    placed(TREASURY, Role.COMMUNITY, "spend(address,uint256,string)"),
                    placed(
                            TREASURY,
                            Role.OPERATORS,
                            "payCost(uint8,address,uint256,string,bytes32)"),
                    placed(TREASURY, Role.SHARES, "fund(uint256)"),
                    placed(
                            SEATS,
                            Role.COMMUNITY,
                            "revoke(uint256,string)",
                            "pardon(address)",
                            "recover(uint256,address)",
                            "setRegistrar(address)"),
                    placed(PROFIT_SHARE, Role.COMMUNITY, "release()", "cancel()"),
                    placed(
                            PROFIT_SHARE,
                            Role.OPERATORS,
                            "publish(uint32,bytes32,uint64,bytes32,bytes32)"),
                    placed(
                            RATCHET,
                            Role.OPERATORS,
                            "raiseByOperator()",
                            "schedule(address[],bytes[],bytes32)"));

    /** What operators may propose calls to. */
    private static final List<ContractKind> OPERATED =
            List.of(RULE_BOOK, POINTS, TREASURY, WORKS, DIRECTORY);

    private static final Uint32 AT_ONCE = new Uint32(0);

    /** The timelock's admin, as OpenZeppelin's AccessControl numbers it. */
    private static final Bytes32 TIMELOCK_ADMIN = new Bytes32(new byte[32]);

    private Authority() {}

    /** The last steps; after them the deployer can do none of the others. */
    static List<Step> steps() {
        return List.of(
                manage("place what each role may do", Authority::placings),
                manage("give the roles", Authority::grants),
                new Step.Act(
                        "make the ratchet admin of the timelock",
                        TIMELOCK,
                        s -> call("grantRole", TIMELOCK_ADMIN, at(s, RATCHET))),
                new Step.Act("set the ratchet up", RATCHET, Authority::setUp),
                new Step.Act(
                        "leave the timelock",
                        TIMELOCK,
                        s -> call("renounceRole", TIMELOCK_ADMIN, address(s.deployer()))),
                manage("leave the manager to the ratchet", Authority::handingOver));
    }

    private static Stream<byte[]> placings(Site site) {
        return PLACED.stream().map(placed -> placed.placing(site));
    }

    private static Stream<byte[]> grants(Site site) {
        return Stream.of(
                grant(Role.COMMUNITY, at(site, TIMELOCK)),
                grant(Role.OPERATORS, at(site, TIMELOCK)),
                grant(Role.SHARES, at(site, PROFIT_SHARE)),
                grant(Role.KEEPERS, address(site.deployer())),
                call("setRoleAdmin", Role.OPERATORS.number(), Role.KEEPERS.number()));
    }

    private static byte[] setUp(Site site) {
        return call(
                "setUp",
                at(site, COUNCIL),
                new DynamicArray<>(
                        Address.class, OPERATED.stream().map(kind -> at(site, kind)).toList()));
    }

    private static Stream<byte[]> handingOver(Site site) {
        return Stream.of(
                grant(Role.ADMIN, at(site, RATCHET)),
                call("renounceRole", Role.ADMIN.number(), address(site.deployer())));
    }

    private static byte[] grant(Role role, Address to) {
        return call("grantRole", role.number(), to, AT_ONCE);
    }

    /** Several calls to the manager, all or none of them. */
    private static Step manage(String name, Calls calls) {
        return new Step.Act(
                name,
                ACCESS_MANAGER,
                s ->
                        call(
                                "multicall",
                                new DynamicArray<>(
                                        DynamicBytes.class,
                                        calls.of(s).map(DynamicBytes::new).toList())));
    }

    private interface Calls {
        Stream<byte[]> of(Site site);
    }

    private static Placed placed(ContractKind target, Role role, String... functions) {
        return new Placed(target, role, Arrays.asList(functions));
    }
}
