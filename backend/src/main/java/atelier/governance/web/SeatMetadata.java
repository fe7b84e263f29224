package atelier.governance.web;

import atelier.governance.Seat;
import atelier.governance.Seats;
import atelier.kernel.Refused;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a seat's tokenURI points at: ERC-721 metadata. */
@RestController
@PermitAll
class SeatMetadata {

    /** A seat as other people's programs read it. */
    record Token(String name, String description, List<Attribute> attributes) {}

    /** When it was taken. */
    record Attribute(
            @JsonProperty("trait_type") String trait,
            @JsonProperty("display_type") String display,
            long value) {}

    private final Seats seats;

    SeatMetadata(Seats seats) {
        this.seats = seats;
    }

    @GetMapping(path = "/metadata/seats/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Token> seat(@PathVariable long number) {
        Seat seat = seats.numbered(number).orElseThrow(() -> Refused.notFound("seat.unknown"));
        return ResponseEntity.ok()
                .header("Access-Control-Allow-Origin", "*")
                .body(
                        new Token(
                                "Seat " + seat.number(),
                                "Membership with one vote; it stays with its member.",
                                List.of(
                                        new Attribute(
                                                "Taken", "date", seat.taken().getEpochSecond()))));
    }
}
