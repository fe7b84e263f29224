package atelier.ledger.web;

import atelier.chain.BlockName;
import atelier.chain.Intent;
import atelier.chain.Intents;
import atelier.chain.Mirror;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.ledger.Posting;
import atelier.rules.Names;
import atelier.web.CurrentMember;
import atelier.web.Units;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.annotation.security.RolesAllowed;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Points for programs. */
@RestController
class PointsApi {

    private static final int MOST = 200;

    /** A member's points and one page of their statement. */
    record PointsView(
            String account,
            Units balance,
            Units available,
            List<Accepted> open,
            List<PostingView> postings,
            @Nullable String next) {}

    /** A member's points after a past block. */
    record PointsThen(BlockName asOf, String account, Units balance) {}

    /** One posting; the counterparty's name is null where nobody is known behind it. */
    record PostingView(
            String place,
            Units amount,
            Units balance,
            String code,
            String counterparty,
            @Nullable String name,
            String tx,
            Instant at) {}

    /** Points to be granted: to whom, how many, and why. */
    record GrantForm(@Nullable UUID member, @Nullable Units amount, @Nullable String reason) {}

    /** Points to be sent: to whom, and how many. */
    record TransferForm(@Nullable UUID member, @Nullable Units amount) {}

    /** Something accepted, and where to watch it. */
    record Accepted(String intent, String kind, String href) {

        static Accepted of(Intent intent) {
            return new Accepted(
                    intent.id().toString(), intent.kind(), "/api/v1/intents/" + intent.id());
        }
    }

    private final CurrentMember current;
    private final Members members;
    private final Ledger ledger;
    private final Intents intents;
    private final Names names;
    private final Mirror mirror;

    PointsApi(
            CurrentMember current,
            Members members,
            Ledger ledger,
            Intents intents,
            Names names,
            Mirror mirror) {
        this.current = current;
        this.members = members;
        this.ledger = ledger;
        this.intents = intents;
        this.names = names;
        this.mirror = mirror;
    }

    @GetMapping("/api/v1/me/points")
    @RolesAllowed("MEMBER")
    PointsView points(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        Member me =
                members.find(current.require())
                        .orElseThrow(() -> Refused.notFound("member.unknown"));
        int most = Math.clamp(limit, 1, MOST);
        List<Posting> postings = ledger.statement(me.account(), Places.read(before), most);
        return new PointsView(
                me.account().toString(),
                Units.of(ledger.pointsOf(me.account())),
                Units.of(ledger.availableOf(me.account())),
                intents.open(me.id()).stream().map(Accepted::of).toList(),
                views(postings),
                postings.size() < most ? null : postings.getLast().place().toString());
    }

    @GetMapping(value = "/api/v1/me/points", params = "block")
    @RolesAllowed("MEMBER")
    @Operation(summary = "My points at a past block")
    PointsThen pointsThen(@RequestParam("block") String height) {
        Mirror.Block block = mirror.asked(height);
        Address account =
                members.find(current.require())
                        .orElseThrow(() -> Refused.notFound("member.unknown"))
                        .account();
        return new PointsThen(
                block.name(),
                account.toString(),
                Units.of(ledger.pointsAt(account, block.number())));
    }

    @PostMapping("/api/v1/me/points/transfers")
    @RolesAllowed("MEMBER")
    ResponseEntity<Accepted> transfer(@RequestBody TransferForm form, IdempotencyKey key) {
        return accepted(
                ledger.give(
                        current.require(),
                        member(form.member()),
                        Units.required(form.amount()),
                        key));
    }

    @PostMapping("/api/v1/points/grants")
    @RolesAllowed("ADMIN")
    ResponseEntity<Accepted> grant(@RequestBody GrantForm form, IdempotencyKey key) {
        return accepted(
                ledger.grant(
                        current.require(),
                        member(form.member()),
                        Units.required(form.amount()),
                        text(form.reason()),
                        key));
    }

    private List<PostingView> views(List<Posting> postings) {
        Map<Address, String> known =
                names.of(postings.stream().map(Posting::counterparty).collect(Collectors.toSet()));
        return postings.stream()
                .map(p ->
                        new PostingView(
                                p.place().toString(),
                                Units.of(new TokenAmount(p.amount())),
                                Units.of(new TokenAmount(p.balance())),
                                p.code().key(),
                                p.counterparty().toString(),
                                known.get(p.counterparty()),
                                p.transaction().toString(),
                                p.at()))
                .toList();
    }

    private static ResponseEntity<Accepted> accepted(Intent intent) {
        Accepted accepted = Accepted.of(intent);
        return ResponseEntity.accepted().location(URI.create(accepted.href())).body(accepted);
    }

    private static MemberId member(@Nullable UUID id) {
        if (id == null) {
            throw Refused.invalid("points.recipient");
        }
        return new MemberId(id);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
