package atelier.profit.web;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.profit.Challenge;
import atelier.profit.CostKind;
import atelier.profit.Costs;
import atelier.profit.EpochView;
import atelier.profit.OpenClaim;
import atelier.profit.Profit;
import atelier.profit.Publication;
import atelier.profit.Purse;
import atelier.profit.Replay;
import atelier.profit.Replays;
import atelier.profit.Role;
import atelier.profit.ShareProof;
import atelier.profit.Statement;
import atelier.web.CurrentMember;
import atelier.web.Units;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Epochs, statements and shares for programs. */
@RestController
@RequestMapping("/api/v1/profit")
class ProfitApi {

    /**
     * An epoch's statement in a few numbers; the whole is the text whose SHA-256 is {@code digest}.
     */
    record EpochNumbers(
            long epoch,
            Instant from,
            Instant to,
            Units income,
            Units costs,
            Units pool,
            Units fresh,
            Units commons,
            Units total,
            Map<String, Units> paid,
            String root,
            String digest,
            String state,
            @Nullable Published publication) {}

    /** What the chain has of it. */
    record Published(
            String root,
            Instant countsFrom,
            int number,
            int objections,
            @Nullable HoldNumbers hold,
            @Nullable EndNumbers end,
            String tx,
            long block) {}

    /** That it waits, or waited, for a vote: {@code guardian} or {@code seats} wanted it. */
    record HoldNumbers(String by, Instant since) {}

    /** That a vote ended it, and what went back to the treasury. */
    record EndNumbers(Instant at, Units returned) {}

    /** An account's line, and the proof that it is in the statement. */
    record ShareNumbers(
            long epoch,
            int number,
            String account,
            Units total,
            Units fresh,
            Map<String, Units> roles,
            String leaf,
            List<String> proof,
            String root,
            String contract,
            String claim) {}

    /** Shares of all statements that count. */
    record PurseNumbers(Units total, Units paid, Units due, @Nullable ClaimNumbers open) {}

    /**
     * What has not arrived, from which epoch on, and the call that has all of it paid; {@code
     * missed} where a statement came and went unpaid.
     */
    record ClaimNumbers(
            Units due, long since, Instant until, boolean missed, String contract, String claim) {}

    /** What somebody had, and would have had. */
    record ChangeNumbers(Units before, Units after) {}

    /** What other rules would have meant over so many epochs. */
    record ReplayNumbers(
            int epochs, Map<String, ChangeNumbers> roles, Map<String, ChangeNumbers> accounts) {}

    /** Something accepted, and where to watch it. */
    record Accepted(String intent, String href) {

        static Accepted of(Intent intent) {
            return new Accepted(intent.id().toString(), "/api/v1/intents/" + intent.id());
        }
    }

    private final Profit profit;
    private final Costs costs;
    private final Challenge challenge;
    private final Replays replays;
    private final Members members;
    private final CurrentMember current;

    ProfitApi(
            Profit profit,
            Costs costs,
            Challenge challenge,
            Replays replays,
            Members members,
            CurrentMember current) {
        this.profit = profit;
        this.costs = costs;
        this.challenge = challenge;
        this.replays = replays;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/epochs")
    @PermitAll
    List<EpochNumbers> epochs() {
        return profit.epochs().stream().map(ProfitApi::numbers).toList();
    }

    @GetMapping("/epochs/{epoch}")
    @PermitAll
    EpochNumbers epoch(@PathVariable("epoch") String epoch) {
        return numbers(profit.epoch(Paths.epoch(epoch)));
    }

    @GetMapping("/epochs/{epoch}/shares/{account}")
    @PermitAll
    @Operation(summary = "An account's share with its proof, and the call that has it paid")
    ShareNumbers share(
            @PathVariable("epoch") String epoch, @PathVariable("account") String account) {
        long number = Paths.epoch(epoch);
        return profit.proof(number, address(account))
                .map(proof -> numbers(number, proof))
                .orElseThrow(() -> Refused.notFound("share.none", number));
    }

    @GetMapping("/accounts/{account}/claim")
    @PermitAll
    @Operation(
            summary = "What is open for an account, and the call that has all of it paid",
            description =
                    "Anybody may send the call to the contract; the points reach nobody else.")
    ClaimNumbers open(@PathVariable("account") String account) {
        return profit.open(address(account))
                .map(ProfitApi::numbers)
                .orElseThrow(() -> Refused.notFound("claim.nothing"));
    }

    @GetMapping("/me")
    @RolesAllowed("MEMBER")
    PurseNumbers mine() {
        Address account = account();
        Purse purse = profit.purse(account);
        return new PurseNumbers(
                Units.of(purse.total()),
                Units.of(purse.paid()),
                Units.of(purse.due()),
                profit.open(account).map(ProfitApi::numbers).orElse(null));
    }

    @PostMapping("/me/claim")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Have all that is open paid; once, whoever asks and however often")
    Accepted claim() {
        return Accepted.of(profit.claim(current.require(), account()));
    }

    @GetMapping("/replay")
    @PermitAll
    @Operation(summary = "What other rules would have meant over the last epochs")
    ReplayNumbers replay(@RequestParam("change") List<String> changes) {
        Replay replay = replays.of(Changes.read(changes));
        Map<String, ChangeNumbers> roles = new LinkedHashMap<>();
        replay.byRole().forEach((role, change) -> roles.put(role.key(), numbers(change)));
        Map<String, ChangeNumbers> accounts = new LinkedHashMap<>();
        replay.byAccount().forEach((who, change) -> accounts.put(who.toString(), numbers(change)));
        return new ReplayNumbers(replay.before().size(), roles, accounts);
    }

    @PostMapping("/closing")
    @RolesAllowed("ADMIN")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Close the epoch that is over; once, whoever asks and however often")
    Accepted close() {
        return Accepted.of(profit.close());
    }

    @PostMapping("/epochs/{epoch}/publication")
    @RolesAllowed("ADMIN")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Publish an epoch's statement; once, whoever asks and however often")
    Accepted publish(@PathVariable("epoch") String epoch) {
        return Accepted.of(profit.publish(current.require(), Paths.epoch(epoch)));
    }

    @PostMapping("/epochs/{epoch}/objection")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Object to a statement that waits, with one's seat")
    Accepted object(@PathVariable("epoch") String epoch, IdempotencyKey key) {
        return Accepted.of(challenge.object(current.require(), Paths.epoch(epoch), key));
    }

    @PostMapping("/epochs/{epoch}/hold")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Hold a statement that waits until a vote decides",
            description = "By whoever guards; where the key of this place does, by an admin.")
    Accepted hold(@PathVariable("epoch") String epoch, IdempotencyKey key) {
        return Accepted.of(challenge.hold(current.require(), Paths.epoch(epoch), key));
    }

    @PostMapping(path = "/costs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @RolesAllowed("ADMIN")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted pay(
            @RequestParam("kind") String kind,
            @RequestParam("to") UUID to,
            @RequestParam("amount") String amount,
            @RequestParam("text") String text,
            @RequestParam("receipt") MultipartFile receipt,
            IdempotencyKey key)
            throws IOException {
        Costs.Wish wish =
                new Costs.Wish(kind(kind), new MemberId(to), new Units(amount).amount(), text);
        try (InputStream file = receipt.getInputStream()) {
            return Accepted.of(costs.pay(current.require(), wish, file, key));
        }
    }

    private static EpochNumbers numbers(EpochView view) {
        Statement head = view.statement().head();
        Map<String, Units> paid = new LinkedHashMap<>();
        head.roles().forEach(role -> paid.put(role.role().key(), Units.of(role.paid())));
        return new EpochNumbers(
                view.number(),
                Instant.ofEpochSecond(head.epoch().start()),
                Instant.ofEpochSecond(head.epoch().end()),
                Units.of(head.incomeSum()),
                Units.of(head.costSum()),
                Units.of(head.pool()),
                Units.of(head.fresh()),
                Units.of(head.commons()),
                Units.of(view.statement().total()),
                paid,
                view.statement().root().toString(),
                view.statement().digest().toString(),
                view.state(),
                published(view.publication()));
    }

    private static @Nullable Published published(@Nullable Publication publication) {
        return publication == null
                ? null
                : new Published(
                        publication.root().toString(),
                        publication.countsFrom(),
                        publication.number(),
                        publication.course().objections(),
                        hold(publication.course().hold()),
                        end(publication.course().end()),
                        publication.tx().toString(),
                        publication.block());
    }

    private static @Nullable HoldNumbers hold(Publication.@Nullable Hold hold) {
        return hold == null
                ? null
                : new HoldNumbers(hold.byGuardian() ? "guardian" : "seats", hold.since());
    }

    private static @Nullable EndNumbers end(Publication.@Nullable End end) {
        return end == null ? null : new EndNumbers(end.at(), Units.of(end.returned()));
    }

    private static ShareNumbers numbers(long epoch, ShareProof proof) {
        Map<String, Units> roles = new LinkedHashMap<>();
        Role.OF_ACCOUNTS.forEach(role -> roles.put(role.key(), Units.of(proof.line().by(role))));
        return new ShareNumbers(
                epoch,
                proof.line().number(),
                proof.line().account().toString(),
                Units.of(proof.line().total()),
                Units.of(proof.line().fresh()),
                roles,
                proof.leaf().toString(),
                proof.siblings().stream().map(Hash32::toString).toList(),
                proof.root().toString(),
                proof.domain().profitShare().toString(),
                Bytes.hex(proof.claim()));
    }

    private static ClaimNumbers numbers(OpenClaim open) {
        return new ClaimNumbers(
                Units.of(open.due()),
                open.since(),
                open.until(),
                open.missed(),
                open.contract().toString(),
                open.hex());
    }

    private Address account() {
        return members.find(current.require()).map(Member::account).orElseThrow();
    }

    private static ChangeNumbers numbers(Replay.Change change) {
        return new ChangeNumbers(Units.of(change.before()), Units.of(change.after()));
    }

    private static CostKind kind(String key) {
        try {
            return CostKind.valueOf(key.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("cost.kind");
        }
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("account.malformed");
        }
    }
}
