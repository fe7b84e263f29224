package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.testing.MirroredLogs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class PowersProjectionTest {

    private static final String SCHEDULED =
            "CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)";
    private static final String EXECUTED = "CallExecuted(bytes32,uint256,address,uint256,bytes)";
    private static final Address ADMIN = account(1);
    private static final Address RULES = account(2);
    private static final Hash32 ID = Hash32.parse("0x" + "ab".repeat(32));
    private static final Hash32 SALT = Hash32.parse("0x" + "cd".repeat(32));

    private final MirroredLogs chain = new MirroredLogs();
    private final JdbcTemplate copy = new JdbcTemplate(chain.database());
    private final PowersProjection powers = new PowersProjection(chain.jdbc(), copy);
    private final OperationsProjection operations = new OperationsProjection(chain.jdbc(), copy);
    private final PowerRows rows = new PowerRows(chain.jdbc());
    private final OperationRows waiting = new OperationRows(chain.jdbc());

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        return Address.of(bytes);
    }

    @Test
    void keepsStagesRolesAndTheDelay() {
        chain.block();
        chain.log("Ratchet", "Raised(uint8)", List.of(), 0);
        chain.log("Timelock", "MinDelayChange(uint256,uint256)", List.of(), 0, 3_600);
        chain.log(
                "AccessManager",
                "RoleGranted(uint64,address,uint32,uint48,bool)",
                List.of(1, ADMIN),
                0,
                1,
                1);
        chain.block();
        chain.log("Ratchet", "Raised(uint8)", List.of(), 1);
        chain.log("AccessManager", "RoleRevoked(uint64,address)", List.of(1, ADMIN));
        mirror(1);

        assertThat(rows.stages()).extracting(PowerRows.Reached::stage).containsExactly(0, 1);
        assertThat(rows.delay()).contains(Duration.ofHours(1));
        assertThat(rows.holders()).isEmpty();

        revert(2);
        assertThat(rows.stages()).extracting(PowerRows.Reached::stage).containsExactly(0);
        assertThat(rows.holders()).containsExactly(new PowerRows.Holder(1, ADMIN, 0));
    }

    @Test
    void knowsWhatARoleMayCall() {
        chain.block();
        // set(uint8[],uint128[]) of the RuleBook, left-aligned as the ABI has bytes4.
        Hash32 selector = Hash32.parse("0x12345678" + "00".repeat(28));
        chain.log(
                "AccessManager",
                "TargetFunctionRoleUpdated(address,bytes4,uint64)",
                List.of(RULES, 2),
                selector);
        mirror(1);

        assertThat(rows.functions())
                .singleElement()
                .satisfies(placed -> {
                    assertThat(placed.target()).isEqualTo(RULES);
                    assertThat(placed.selector()).containsExactly(0x12, 0x34, 0x56, 0x78);
                    assertThat(placed.role()).isEqualTo(2);
                });
    }

    @Test
    void hasAnOperationWaitUntilItsTimeAndEnd() {
        schedule(60);
        mirror(1);

        assertThat(waiting.ready(MirroredLogs.GENESIS.plusSeconds(60), 9)).isEmpty();
        Operation operation = waiting.ready(MirroredLogs.GENESIS.plusSeconds(61), 9).getFirst();
        assertThat(operation.by()).isEqualTo(ADMIN);
        assertThat(operation.salt()).isEqualTo(SALT);
        assertThat(operation.state()).isEqualTo(Operation.State.WAITING);
        assertThat(operation.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.target()).isEqualTo(RULES);
                    assertThat(step.hex()).isEqualTo("0x0102");
                });

        chain.block();
        chain.log("Timelock", EXECUTED, List.of(ID, 0), RULES, 0, 96, 0);
        mirror(2);
        assertThat(waiting.find(ID).orElseThrow().state()).isEqualTo(Operation.State.EXECUTED);
        assertThat(waiting.ready(MirroredLogs.GENESIS.plusSeconds(999), 9)).isEmpty();

        revert(2);
        assertThat(waiting.find(ID).orElseThrow().state()).isEqualTo(Operation.State.WAITING);
    }

    @Test
    void schedulesAgainWhatWasCancelled() {
        schedule(60);
        chain.block();
        chain.log("Timelock", "Cancelled(bytes32)", List.of(ID));
        schedule(10);
        mirror(1);

        assertThat(waiting.newest(9))
                .extracting(Operation::state)
                .containsExactly(Operation.State.WAITING, Operation.State.CANCELLED);
    }

    private void schedule(int delay) {
        chain.block();
        chain.transaction();
        Hash32 two = Hash32.parse("0x0102" + "00".repeat(30));
        chain.log("Timelock", SCHEDULED, List.of(ID, 0), RULES, 0, 160, Hash32.ZERO, delay, 2, two);
        chain.log("Timelock", "CallSalt(bytes32,bytes32)", List.of(ID), SALT);
        chain.log("Ratchet", "Scheduled(bytes32,address,uint256)", List.of(ID, ADMIN), delay);
    }

    private void mirror(long from) {
        powers.apply(chain.logs(from, chain.height()));
        operations.apply(chain.logs(from, chain.height()));
    }

    private void revert(long from) {
        chain.orphan(from);
        powers.revert(from);
        operations.revert(from);
    }
}
