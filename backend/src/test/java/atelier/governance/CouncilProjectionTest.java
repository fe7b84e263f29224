package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.testing.MirroredLogs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class CouncilProjectionTest {

    private static final Address MINA = account(1);
    private static final Address NEW_KEY = account(2);
    private static final Address THEO = account(3);
    private static final BigInteger PROPOSAL = BigInteger.valueOf(77);

    private final MirroredLogs chain = new MirroredLogs();
    private final SeatsProjection seats =
            new SeatsProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    private final CouncilProjection projection = new CouncilProjection(chain.jdbc());

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        return Address.of(bytes);
    }

    @Test
    void keepsWhatWasProposedWithItsCallsAndElectorate() {
        chain.block();
        propose();
        mirror(1);

        assertThat(
                        chain.jdbc()
                                .sql("select * from derived.proposal where canonical")
                                .query()
                                .singleRow())
                .containsEntry("voting_from", 100L)
                .containsEntry("voting_until", 200L)
                .containsEntry("last_seat", 9L)
                .containsEntry("electorate", 8L)
                .containsEntry("quorum", 2L);
        Motion motion = new Motion(List.of(), "why");
        assertThat(bytes("select operation from derived.proposal"))
                .isEqualTo(motion.operation(Address.ZERO).bytes());
        assertThat(bytes("select description from derived.proposal"))
                .isEqualTo("why".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsAMovedSeatOnce() {
        chain.block();
        take(1, MINA);
        take(2, THEO);
        propose();
        chain.block();
        vote(MINA, 1);
        vote(THEO, 1);
        chain.block();
        transfer(MINA, NEW_KEY, 1);
        chain.log("Seats", "Moved(uint256,address,address)", List.of(1, MINA, NEW_KEY));
        vote(NEW_KEY, 0);
        mirror(1);

        assertThat(seatsOf(1)).containsExactly(1L, 2L);
        assertThat(seatsOf(0)).containsExactly(1L);
    }

    @Test
    void keepsWhyABallotDoesNotCount() {
        chain.block();
        take(1, MINA);
        chain.log(
                "Council",
                "BallotRefused(uint256,address,uint8,uint8)",
                List.of(PROPOSAL, MINA),
                5,
                3);
        mirror(1);

        assertThat(
                        chain.jdbc()
                                .sql("select refusal from derived.ballot where choice is null")
                                .query((row, _) -> row.getInt(1))
                                .list())
                .containsExactly(3);
        assertThat(BallotRefusal.ofNumber(3)).isEqualTo(BallotRefusal.OLDER_BALLOT);
    }

    @Test
    void noticesThatTheTimelockDidItWithoutTheCouncil() {
        chain.block();
        propose();
        chain.block();
        chain.log("Council", "ProposalQueued(uint256,uint256)", List.of(), PROPOSAL, 300);
        chain.block();
        Hash32 operation = new Motion(List.of(), "why").operation(Address.ZERO);
        chain.log(
                "Timelock",
                "CallExecuted(bytes32,uint256,address,uint256,bytes)",
                List.of(operation, 0),
                MINA);
        mirror(1);

        assertThat(steps()).containsExactly("queued", "executed");
    }

    @Test
    void forgetsWhatAReorgTookAway() {
        chain.block();
        take(1, MINA);
        propose();
        chain.block();
        vote(MINA, 1);
        chain.log("Council", "ProposalCanceled(uint256)", List.of(), PROPOSAL);
        mirror(1);
        assertThat(steps()).containsExactly("canceled");

        chain.orphan(2);
        projection.revert(2);
        seats.revert(2);
        assertThat(steps()).isEmpty();
        assertThat(seatsOf(1)).isEmpty();

        chain.block();
        vote(MINA, 2);
        mirror(2);
        assertThat(seatsOf(2)).containsExactly(1L);
    }

    private void propose() {
        Object[] words = {
            PROPOSAL, MINA, 288, 320, 352, 384, 100, 200, 416, 0, 0, 0, 0, 3, left("why")
        };
        chain.log(
                "Council",
                "ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],uint256,"
                        + "uint256,string)",
                List.of(),
                words);
        chain.log(
                "Council",
                "ElectorateFixed(uint256,uint32,uint32,uint32)",
                List.of(PROPOSAL),
                9,
                8,
                2);
    }

    private static Hash32 left(String text) {
        return Hash32.of(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), Hash32.LENGTH));
    }

    private void vote(Address voter, int choice) {
        chain.log(
                "Council",
                "VoteCast(address,uint256,uint8,uint256,string)",
                List.of(voter),
                PROPOSAL,
                choice,
                1,
                128,
                0);
    }

    private void take(long seat, Address member) {
        transfer(Address.ZERO, member, seat);
    }

    private void transfer(Address from, Address to, long seat) {
        chain.log("Seats", "Transfer(address,address,uint256)", List.of(from, to, seat));
    }

    private void mirror(long from) {
        seats.apply(chain.logs(from, chain.height()));
        projection.apply(chain.logs(from, chain.height()));
    }

    private List<String> steps() {
        return chain.jdbc()
                .sql(
                        "select step from derived.proposal_step where canonical order by"
                                + " block_number, log_index")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<Long> seatsOf(int choice) {
        return chain.jdbc()
                .sql(
                        "select seat from derived.ballot where canonical and choice = :choice"
                                + " order by seat")
                .param("choice", choice)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private byte[] bytes(String sql) {
        return chain.jdbc().sql(sql).query((row, _) -> row.getBytes(1)).single();
    }
}
