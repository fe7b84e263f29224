package atelier.governance.web;

import atelier.chain.BlockName;
import atelier.chain.Intent;
import atelier.chain.Mirror;
import atelier.governance.Electorate;
import atelier.governance.Seat;
import atelier.governance.Seats;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Seats for programs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Council")
class SeatsApi {

    private static final int MOST = 500;

    /** One seat; the account is who votes with it. */
    record SeatView(long seat, String account, Instant taken) {

        static SeatView of(Seat seat) {
            return new SeatView(seat.number(), seat.account().toString(), seat.taken());
        }
    }

    /**
     * Seats by number; next is what to pass as after, null at the end.
     *
     * @param asOf the past block that was asked about; null for now
     */
    record SeatsView(
            @Nullable BlockName asOf,
            Electorate electorate,
            List<SeatView> seats,
            @Nullable Long next) {}

    /** Something accepted, and where to watch it. */
    record Accepted(String intent, String href) {

        static Accepted of(Intent intent) {
            return new Accepted(intent.id().toString(), "/api/v1/intents/" + intent.id());
        }
    }

    private final Seats seats;
    private final Mirror mirror;
    private final CurrentMember current;

    SeatsApi(Seats seats, Mirror mirror, CurrentMember current) {
        this.seats = seats;
        this.mirror = mirror;
        this.current = current;
    }

    @PermitAll
    @GetMapping("/seats")
    @Operation(
            summary = "Who has a seat, now or at a past block",
            description =
                    "The electorate counts the seats that are somebody's and those of them that"
                            + " could vote on what is proposed at that moment.")
    SeatsView seats(
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "block", required = false) @Nullable String height) {
        int most = Math.clamp(limit, 1, MOST);
        if (height == null) {
            return page(null, seats.electorate(), seats.all(after, most), most);
        }
        Mirror.Block block = mirror.asked(height);
        return page(
                block.name(),
                seats.electorateAt(block.number()),
                seats.allAt(block.number(), after, most),
                most);
    }

    private static SeatsView page(
            @Nullable BlockName asOf, Electorate electorate, List<Seat> found, int most) {
        Long next = found.size() < most ? null : found.getLast().number();
        return new SeatsView(asOf, electorate, found.stream().map(SeatView::of).toList(), next);
    }

    @PermitAll
    @GetMapping("/seats/{number}")
    @Operation(summary = "Whose a seat is")
    SeatView seat(@PathVariable("number") long number) {
        return seats.numbered(number)
                .map(SeatView::of)
                .orElseThrow(() -> Refused.notFound("seat.unknown"));
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/me/seat")
    @Operation(summary = "How I stand with my seat")
    MySeat mine() {
        return MySeat.of(seats.standing(current.require()));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/me/seat")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask for a seat",
            description =
                    "For who gave theirs up; whoever joins is given one. Asking twice is once.")
    MySeat ask() {
        return MySeat.of(seats.ask(current.require()));
    }

    @RolesAllowed("MEMBER")
    @DeleteMapping("/me/seat")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Give my seat up")
    Accepted leave(IdempotencyKey key) {
        return Accepted.of(seats.leave(current.require(), key));
    }
}
