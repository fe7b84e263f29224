package atelier.workshop;

import atelier.chain.Call;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.media.Media;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door for members' commands: begin a work, make it, buy supplies, propose a recipe. Each is
 * recorded and answered at once; what it costs and uses up is held until the chain has spoken.
 */
@Service
@Transactional
public class Studio {

    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final long MOST_PIECES = 1_000_000;

    private final Workshop workshop;
    private final DraftRows drafts;
    private final WorkRows works;
    private final RecipeRows recipes;
    private final WorkshopCalls calls;
    private final Makings makings;
    private final Intents intents;
    private final Ledger ledger;
    private final Media media;
    private final Members members;
    private final Clock clock;

    Studio(
            Workshop workshop,
            DraftRows drafts,
            WorkRows works,
            RecipeRows recipes,
            WorkshopCalls calls,
            Makings makings,
            Intents intents,
            Ledger ledger,
            Media media,
            Members members,
            Clock clock) {
        this.workshop = workshop;
        this.drafts = drafts;
        this.works = works;
        this.recipes = recipes;
        this.calls = calls;
        this.makings = makings;
        this.intents = intents;
        this.ledger = ledger;
        this.media = media;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Begins a work with a picture that the maker brought and an approved recipe, as a remix of
     * others if it names any. The same key again answers with the first draft.
     *
     * @throws Refused {@code picture.unknown}, {@code recipe.unknown}, {@code recipe.proposed},
     *     {@code recipe.retired}, {@code parents.unknown}, {@code idempotency.mismatch}
     */
    public Draft begin(MemberId maker, NewDraft wish, @Nullable IdempotencyKey key) {
        Hash32 requestHash =
                IntentRequest.hashOf(
                        "draft",
                        wish.recipe(),
                        wish.picture(),
                        wish.title(),
                        wish.description(),
                        wish.parents());
        Optional<Draft> first = key == null ? Optional.empty() : begun(maker, key, requestHash);
        if (first.isPresent()) {
            return first.get();
        }
        media.ofMember(wish.picture(), maker);
        refuse(
                workshop.recipe(wish.recipe())
                        .orElseThrow(() -> Refused.notFound("recipe.unknown"))
                        .obstacle());
        requireKnown(wish.parents());
        DraftRows.Row draft =
                new DraftRows.Row(
                        new DraftId(UUID.randomUUID()),
                        maker,
                        account(maker).account(),
                        wish.recipe(),
                        wish.picture(),
                        wish.title(),
                        wish.description(),
                        wish.parents(),
                        clock.instant(),
                        requestHash,
                        null,
                        0,
                        null);
        if (key != null && !drafts.add(draft, key)) {
            return begun(maker, key, requestHash).orElseThrow();
        }
        if (key == null) {
            drafts.add(draft, null);
        }
        return view(draft);
    }

    /** A work is never its own parent: before it is made nobody knows it. */
    private void requireKnown(List<WorkId> parents) {
        Set<WorkId> known = workshop.works(parents).keySet();
        parents.stream()
                .filter(parent -> !known.contains(parent))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Refused.invalid("parents.unknown", unknown.toString());
                });
    }

    private Optional<Draft> begun(MemberId maker, IdempotencyKey key, Hash32 requestHash) {
        Optional<DraftRows.Row> first = drafts.byKey(maker, key);
        if (first.isPresent() && !first.get().requestHash().equals(requestHash)) {
            throw Refused.conflict("idempotency.mismatch");
        }
        return first.map(this::view);
    }

    /**
     * The maker's own draft.
     *
     * @throws Refused {@code draft.unknown} if there is none, or it is someone else's
     */
    @Transactional(readOnly = true)
    public Draft draft(DraftId id, MemberId maker) {
        return drafts.find(id, maker).map(this::view).orElseThrow(Makings::unknownDraft);
    }

    /** The maker's drafts that are not works yet, newest first. */
    @Transactional(readOnly = true)
    public List<Draft> drafts(MemberId maker, int limit) {
        return drafts.latestOf(maker, limit).stream()
                .map(this::view)
                .filter(draft -> draft.work() == null)
                .toList();
    }

    /** What the draft costs its maker now. */
    @Transactional(readOnly = true)
    public MakeQuote quote(Draft draft) {
        return workshop.quote(account(draft.maker()).account(), draft.recipe());
    }

    /** How far the making of a draft is; nothing before it is confirmed. */
    @Transactional(readOnly = true)
    public Optional<Intent> making(Draft draft) {
        return Optional.ofNullable(draft.intent()).flatMap(intents::find);
    }

    /**
     * Makes the work: buys what is missing and crafts, in one step that costs at most what is
     * computed now. A making that is on its way, or done, is answered again; one that failed may be
     * tried anew.
     *
     * @param agreed the total that the maker saw; null to take what it costs now
     * @throws Refused {@code draft.unknown}; {@code make.cost-changed} if it costs more by now;
     *     {@code recipe.retired}, {@code supply.out-of-stock}, {@code points.insufficient}, each
     *     with what is missing
     */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Intent make(
            DraftId id,
            MemberId maker,
            @Nullable TokenAmount agreed,
            @Nullable IdempotencyKey key) {
        return makings.order(new Makings.Making(id, maker, agreed, key));
    }

    private static void refuse(Optional<Refused> obstacle) {
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
    }

    /**
     * Buys supplies alone, at once from all their suppliers.
     *
     * @param amounts pieces of a material, uses of a tool
     * @param agreed the total that the buyer saw; null to take what it costs now
     * @throws Refused {@code supply.unknown}, {@code purchase.amount}, {@code make.cost-changed},
     *     {@code supply.out-of-stock}, {@code points.insufficient}
     */
    public Intent buy(
            MemberId buyer,
            SequencedMap<SupplyId, Long> amounts,
            @Nullable TokenAmount agreed,
            @Nullable IdempotencyKey key) {
        Hash32 requestHash = IntentRequest.hashOf("buy", amounts);
        Optional<Intent> replay = replay(buyer, key, requestHash);
        if (replay.isPresent()) {
            return replay.get();
        }
        Member member = account(buyer);
        TokenAmount total = priced(amounts, agreed);
        ledger.require(member.account(), total);
        return submit(
                buyer,
                "workshop.buy",
                calls.buy(member.account(), amounts, total),
                key,
                requestHash,
                "/me/supplies",
                total);
    }

    private TokenAmount priced(SequencedMap<SupplyId, Long> amounts, @Nullable TokenAmount agreed) {
        if (amounts.isEmpty() || amounts.size() > NewRecipe.MOST_INPUTS) {
            throw Refused.invalid("purchase.amount", MOST_PIECES);
        }
        TokenAmount total =
                amounts.entrySet().stream()
                        .map(this::priced)
                        .reduce(TokenAmount.ZERO, TokenAmount::plus);
        if (agreed != null && total.compareTo(agreed) > 0) {
            throw Refused.conflict("make.cost-changed", agreed, total);
        }
        return total;
    }

    private TokenAmount priced(Map.Entry<SupplyId, Long> wish) {
        SupplyView supply =
                workshop.supply(wish.getKey())
                        .orElseThrow(() -> Refused.notFound("supply.unknown"));
        long amount = wish.getValue();
        if (amount < 1 || amount > MOST_PIECES) {
            throw Refused.invalid("purchase.amount", MOST_PIECES);
        }
        MakeQuote.Line line = workshop.price(supply, BigInteger.valueOf(amount));
        if (line.outOfStock()) {
            throw line.refusal();
        }
        return line.cost();
    }

    /**
     * Proposes a recipe; once approved, works can be made from it.
     *
     * @throws Refused {@code supply.unknown} for an input that does not exist, {@code
     *     recipe.unknown} or {@code recipe.not-author} for what it supersedes
     */
    public Intent propose(MemberId author, NewRecipe wish, @Nullable IdempotencyKey key) {
        Definition definition = wish.definition();
        Hash32 requestHash =
                IntentRequest.hashOf(
                        "propose", definition.json(), String.valueOf(wish.supersedes()));
        Optional<Intent> replay = replay(author, key, requestHash);
        if (replay.isPresent()) {
            return replay.get();
        }
        Member member = account(author);
        wish.inputs().forEach(this::requireKnown);
        requireOwn(wish, member);
        recipes.keepWords(definition, author, clock.instant());
        long supersedes = wish.supersedes() == null ? 0 : wish.supersedes().number();
        return submit(
                author,
                "workshop.propose",
                calls.propose(member.account(), definition, supersedes),
                key,
                requestHash,
                "/recipes",
                null);
    }

    private void requireKnown(NewRecipe.Input input) {
        if (workshop.supply(input.supply()).isEmpty()) {
            throw Refused.notFound("supply.unknown");
        }
    }

    private void requireOwn(NewRecipe wish, Member author) {
        if (wish.supersedes() == null) {
            return;
        }
        RecipeView before =
                workshop.recipe(wish.supersedes())
                        .orElseThrow(() -> Refused.notFound("recipe.unknown"));
        if (!before.author().account().equals(author.account())) {
            throw Refused.conflict("recipe.not-author", before.title());
        }
    }

    private Optional<Intent> replay(
            MemberId owner, @Nullable IdempotencyKey key, Hash32 requestHash) {
        return key == null ? Optional.empty() : intents.replay(owner, key, requestHash);
    }

    private Intent submit(
            MemberId owner,
            String kind,
            Call call,
            @Nullable IdempotencyKey key,
            Hash32 requestHash,
            String resultPath,
            @Nullable TokenAmount held) {
        String name = key == null ? UUID.randomUUID().toString() : key.value();
        return intents.submit(
                new IntentRequest(
                        owner,
                        kind,
                        owner + "/" + name,
                        call,
                        key,
                        requestHash,
                        clock.instant().plus(PATIENCE),
                        resultPath,
                        held));
    }

    private Draft view(DraftRows.Row draft) {
        return new Draft(
                draft.id(),
                draft.maker(),
                draft.recipe(),
                draft.picture(),
                draft.title(),
                draft.description(),
                draft.parents(),
                draft.created(),
                draft.intent(),
                works.madeFrom(draft.id()).orElse(null));
    }

    private Member account(MemberId id) {
        return members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
    }
}
