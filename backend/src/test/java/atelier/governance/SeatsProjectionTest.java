package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.testing.MirroredLogs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SeatsProjectionTest {

    private static final long NOW = Long.MAX_VALUE;
    private static final Address MINA = account(1);
    private static final Address THEO = account(2);
    private static final Address NEW_KEY = account(3);

    private final MirroredLogs chain = new MirroredLogs();
    private final SeatsProjection projection =
            new SeatsProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    private final SeatRows rows = new SeatRows(chain.jdbc());

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        return Address.of(bytes);
    }

    @Test
    void seatsWhoeverTheContractSeated() {
        take(1, MINA);
        take(2, THEO);
        mirror(1);

        assertThat(rows.of(MINA, NOW)).map(Seat::number).contains(1L);
        assertThat(rows.of(THEO, NOW))
                .map(Seat::taken)
                .contains(MirroredLogs.GENESIS.plusSeconds(2));
        assertThat(rows.of(THEO, 1)).isEmpty();
        assertThat(rows.numbered(2, NOW)).map(Seat::account).contains(THEO);
        assertThat(rows.standing(NOW, 1, 9)).extracting(Seat::number).containsExactly(2L);
    }

    @Test
    void countsOnlyThoseWhoSatLongEnough() {
        take(1, MINA);
        take(2, THEO);
        mirror(1);

        assertThat(rows.electorate(NOW, MirroredLogs.GENESIS.plusSeconds(1)))
                .isEqualTo(new Electorate(2, 1, 1));
        assertThat(rows.electorate(NOW, MirroredLogs.GENESIS)).isEqualTo(new Electorate(2, 0, 0));
        assertThat(rows.electorate(1, MirroredLogs.GENESIS.plusSeconds(9)))
                .isEqualTo(new Electorate(1, 1, 1));
    }

    @Test
    void keepsNumberAndTimeWhenASeatMoves() {
        take(1, MINA);
        chain.block();
        transfer(MINA, NEW_KEY, 1);
        chain.log("Seats", "Moved(uint256,address,address)", List.of(1, MINA, NEW_KEY));
        mirror(1);

        assertThat(rows.of(MINA, NOW)).isEmpty();
        assertThat(rows.of(MINA, 1)).map(Seat::number).contains(1L);
        assertThat(rows.of(NEW_KEY, NOW))
                .contains(new Seat(1, NEW_KEY, MirroredLogs.GENESIS.plusSeconds(1)));
        assertThat(rows.electorate(NOW, MirroredLogs.GENESIS.plusSeconds(1)).voting()).isOne();
    }

    @Test
    void emptiesASeatThatIsLeftAndSeatsItsMemberAnew() {
        take(1, MINA);
        chain.block();
        transfer(MINA, Address.ZERO, 1);
        chain.log("Seats", "Left(uint256,address)", List.of(1, MINA));
        mirror(1);
        assertThat(rows.of(MINA, NOW)).isEmpty();
        assertThat(rows.electorate(NOW, MirroredLogs.GENESIS.plusSeconds(9)))
                .isEqualTo(new Electorate(0, 0, 1));

        long from = chain.height() + 1;
        take(2, MINA);
        mirror(from);
        assertThat(rows.of(MINA, NOW)).map(Seat::number).contains(2L);
    }

    @Test
    void saysWhyAVoteTookASeatUntilAnotherPardons() {
        take(1, MINA);
        chain.block();
        transfer(MINA, Address.ZERO, 1);
        // A string as the ABI has it: where it begins, how long it is, and then it.
        chain.log("Seats", "Revoked(uint256,address,string)", List.of(1, MINA), 32, 5, "spite");
        mirror(1);
        assertThat(rows.of(MINA, NOW)).isEmpty();
        assertThat(rows.revoked(MINA)).contains(new SeatRows.Revoked(1, "spite"));

        long from = chain.height() + 1;
        chain.block();
        chain.log("Seats", "Pardoned(address)", List.of(MINA));
        mirror(from);
        assertThat(rows.revoked(MINA)).isEmpty();
        assertThat(rows.of(MINA, NOW)).isEmpty();
    }

    @Test
    void givesBackWhatAReorgTook() {
        take(1, MINA);
        chain.block();
        transfer(MINA, Address.ZERO, 1);
        chain.log("Seats", "Left(uint256,address)", List.of(1, MINA));
        mirror(1);

        chain.orphan(2);
        projection.revert(2);

        assertThat(rows.of(MINA, NOW)).map(Seat::number).contains(1L);
        projection.revert(0);
        assertThat(rows.of(MINA, NOW)).isEqualTo(Optional.empty());
    }

    @Test
    void countsWhatAPeriodTook() {
        take(1, MINA);
        take(2, THEO);
        mirror(1);

        assertThat(rows.takenSince(MirroredLogs.GENESIS.plusSeconds(2))).isOne();
    }

    private void take(long seat, Address member) {
        chain.block();
        transfer(Address.ZERO, member, seat);
        chain.log("Seats", "Locked(uint256)", List.of(), seat);
    }

    private void transfer(Address from, Address to, long seat) {
        chain.log("Seats", "Transfer(address,address,uint256)", List.of(from, to, seat));
    }

    private void mirror(long from) {
        projection.apply(chain.logs(from, chain.height()));
    }
}
