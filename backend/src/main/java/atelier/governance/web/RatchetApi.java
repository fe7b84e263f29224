package atelier.governance.web;

import atelier.governance.Operation;
import atelier.governance.Operations;
import atelier.governance.Power;
import atelier.governance.Ratchet;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stages, powers, and what waits in the timelock, for programs; times of waiting in seconds. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Council")
class RatchetApi {

    private static final int MOST = 200;

    /** A stage that was reached. */
    record Stage(int stage, Instant at, long block) {}

    /**
     * Who may do what; holders are accounts, contracts among them, and what the community decides
     * is proposed by operators, by the council, or by both.
     */
    record PowerLine(
            String duty,
            String role,
            List<String> holders,
            boolean byOperators,
            boolean byCouncil,
            long delay) {}

    /**
     * How far it is.
     *
     * @param guardian null once nobody may cancel proposals
     * @param heldSeats seats whose keys whoever runs the place keeps
     */
    record RatchetView(
            int stage,
            List<Stage> reached,
            boolean operatorsPropose,
            boolean councilProposes,
            long delay,
            @Nullable String guardian,
            @Nullable Instant guardedUntil,
            long seats,
            long heldSeats,
            List<PowerLine> powers) {}

    /** One call that waits. */
    record CallView(String target, String value, String data) {}

    /** What waits, or waited: {@code waiting}, {@code executed} or {@code cancelled}. */
    record OperationLine(
            String id,
            String state,
            @Nullable String by,
            Instant scheduled,
            Instant ready,
            @Nullable Instant ended,
            List<CallView> calls) {}

    private final Ratchet ratchet;
    private final Operations operations;
    private final Members members;
    private final CurrentMember current;

    RatchetApi(Ratchet ratchet, Operations operations, Members members, CurrentMember current) {
        this.ratchet = ratchet;
        this.operations = operations;
        this.members = members;
        this.current = current;
    }

    @PermitAll
    @GetMapping("/ratchet")
    @io.swagger.v3.oas.annotations.Operation(summary = "Who may do what, with which delay")
    RatchetView ratchet() {
        int stage = ratchet.stage().orElseThrow(() -> Refused.unavailable("rules.unread"));
        Ratchet.Guardian guardian = ratchet.guardian().orElse(null);
        Address account = guardian == null ? null : guardian.account();
        Ratchet.Keys keys = ratchet.keys();
        return new RatchetView(
                stage,
                ratchet.reached().stream()
                        .map(one -> new Stage(one.stage(), one.at(), one.block()))
                        .toList(),
                ratchet.operatorsPropose(),
                ratchet.councilProposes(),
                ratchet.delay().toSeconds(),
                account == null ? null : account.toString(),
                guardian == null ? null : guardian.until(),
                keys.seats(),
                keys.held(),
                ratchet.powers().stream().map(RatchetApi::line).toList());
    }

    private static PowerLine line(Power power) {
        return new PowerLine(
                power.duty(),
                power.role().key(),
                power.holders().stream().map(Address::toString).toList(),
                power.byOperators(),
                power.byCouncil(),
                power.delay().toSeconds());
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/ratchet/stage")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Let the council propose",
            description = "From stage 0 to 1, for ever. Votes raise the later stages.")
    SeatsApi.Accepted raise(IdempotencyKey key) {
        Member operator =
                members.find(current.require())
                        .orElseThrow(() -> Refused.notFound("member.unknown"));
        return SeatsApi.Accepted.of(ratchet.raise(operator.id(), operator.account(), key));
    }

    @PermitAll
    @GetMapping("/operations")
    @io.swagger.v3.oas.annotations.Operation(summary = "What waits in the timelock, newest first")
    List<OperationLine> operations(@RequestParam(name = "limit", defaultValue = "50") int limit) {
        return operations.newest(Math.clamp(limit, 1, MOST)).stream()
                .map(RatchetApi::line)
                .toList();
    }

    @PermitAll
    @GetMapping("/operations/{id}")
    @io.swagger.v3.oas.annotations.Operation(summary = "One operation of the timelock")
    OperationLine operation(@PathVariable("id") String id) {
        return operations
                .find(hash(id))
                .map(RatchetApi::line)
                .orElseThrow(() -> Refused.notFound("operation.unknown"));
    }

    private static Hash32 hash(String id) {
        try {
            return Hash32.parse(id);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("operation.unknown");
        }
    }

    private static OperationLine line(Operation operation) {
        Address by = operation.by();
        return new OperationLine(
                operation.id().toString(),
                operation.state().name().toLowerCase(Locale.ROOT),
                by == null ? null : by.toString(),
                operation.scheduled(),
                operation.ready(),
                operation.ended(),
                operation.steps().stream()
                        .map(step ->
                                new CallView(
                                        step.target().toString(),
                                        step.value().toString(),
                                        step.hex()))
                        .toList());
    }
}
