package atelier.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.market.ListingWish;
import atelier.market.Market;
import atelier.market.Order;
import atelier.market.SignedOrder;
import atelier.workshop.DraftId;
import atelier.workshop.NewDraft;
import atelier.workshop.Studio;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.web3j.crypto.Hash;

/** What members do, at the door and as a peer would send it. */
final class Operations {

    private static final long TRANSFER_GAS = 120_000;
    private static final long CRAFT_GAS = 600_000;
    private static final long FILL_GAS = 400_000;
    private static final BigInteger MOST = BigInteger.valueOf(1_000);
    private static final TokenAmount PRICE = TokenAmount.ofUnits(100);
    private static final TokenAmount ONE = TokenAmount.ofUnits(1);

    private final Arena arena;
    private final Troupe troupe;

    Operations(Arena arena, Troupe troupe) {
        this.arena = arena;
        this.troupe = troupe;
    }

    /** From one member to the next, for a member at a time. */
    Intent transfer(int number) {
        return arena.bean(Ledger.class)
                .give(
                        troupe.player(number).id(),
                        troupe.player(number + 1).id(),
                        ONE,
                        Troupe.key());
    }

    Peers.Calls transfers() {
        String data =
                contracts()
                        .points()
                        .transfer(troupe.player(0).account().toString(), BigInteger.ONE)
                        .encodeFunctionCall();
        return new Peers.Calls(at(ContractKind.POINTS), _ -> data, TRANSFER_GAS);
    }

    /** Drafts with pictures that nobody looks at, each of the player of its number. */
    List<DraftId> drafts(int count) {
        List<Hash32> pictures = IntStream.range(0, count).mapToObj(this::picture).toList();
        DraftId[] drafts = new DraftId[count];
        Studio studio = arena.bean(Studio.class);
        Load.run(
                8,
                count,
                (_, i) ->
                        drafts[i] =
                                studio.begin(
                                                troupe.player(i).id(),
                                                new NewDraft(
                                                        troupe.recipe(),
                                                        pictures.get(i),
                                                        "Etude " + i,
                                                        ""),
                                                Troupe.key())
                                        .id());
        return List.of(drafts);
    }

    private Hash32 picture(int number) {
        String hex =
                arena.database()
                        .sql(
                                """
                                WITH bytes AS (SELECT convert_to(:text, 'UTF8') AS content),
                                stored AS (
                                    INSERT INTO recorded.picture
                                    SELECT sha256(content), 'image/png', 1, 1, content,
                                        'image/png', content, now() FROM bytes
                                    RETURNING hash)
                                INSERT INTO recorded.picture_upload
                                SELECT hash, :member, now(), now() - interval '2 days' FROM stored
                                RETURNING encode(hash, 'hex')
                                """)
                        .param("text", UUID.randomUUID().toString())
                        .param("member", troupe.player(number).id().id())
                        .query(String.class)
                        .single();
        return Hash32.parse("0x" + hex);
    }

    Intent craft(DraftId draft, int number) {
        return arena.bean(Studio.class).make(draft, troupe.player(number).id(), null, Troupe.key());
    }

    Peers.Calls crafts() {
        BigInteger recipe = BigInteger.valueOf(troupe.recipe().number());
        String salt = UUID.randomUUID().toString();
        var workshop = contracts().workshop();
        return new Peers.Calls(
                at(ContractKind.WORKSHOP),
                i ->
                        workshop.buyAndCraft(
                                        recipe,
                                        Hash.sha3((salt + i).getBytes(US_ASCII)),
                                        List.of(),
                                        MOST)
                                .encodeFunctionCall(),
                CRAFT_GAS);
    }

    /** The works that these drafts became, each offered by its maker. */
    List<SignedOrder> offers(List<DraftId> drafts) {
        SignedOrder[] offers = new SignedOrder[drafts.size()];
        Market market = arena.bean(Market.class);
        Load.run(
                8,
                offers.length,
                (_, i) ->
                        offers[i] =
                                market.list(
                                        troupe.player(i).id(),
                                        new ListingWish(
                                                work(drafts.get(i), i),
                                                PRICE,
                                                30,
                                                new BasisPoints(0),
                                                Optional.empty()),
                                        Troupe.key()));
        return List.of(offers);
    }

    private WorkId work(DraftId draft, int number) {
        return Optional.ofNullable(
                        arena.bean(Studio.class).draft(draft, troupe.player(number).id()).work())
                .orElseThrow();
    }

    /** Bought by the player after the one who sells. */
    Intent fill(SignedOrder offer, int number) {
        return arena.bean(Market.class)
                .buy(troupe.player(number + 1).id(), offer.hash(), Troupe.key());
    }

    Peers.Calls fills(List<SignedOrder> offers) {
        var market = contracts().market();
        return new Peers.Calls(
                at(ContractKind.MARKET),
                i ->
                        market.fill(
                                        struct(offers.get(i).order()),
                                        offers.get(i).signature().rsv(),
                                        Address.ZERO.toString())
                                .encodeFunctionCall(),
                FILL_GAS);
    }

    private static atelier.contracts.Market.Order struct(Order order) {
        return new atelier.contracts.Market.Order(
                order.maker().toString(),
                order.work().tokenId(),
                order.price().units(),
                order.minNet().units(),
                BigInteger.valueOf(order.transferNonce()),
                BigInteger.valueOf(order.counter()),
                BigInteger.valueOf(order.expiry().getEpochSecond()),
                order.taker().toString(),
                order.salt().bytes());
    }

    private Contracts contracts() {
        return arena.bean(Contracts.class);
    }

    private String at(ContractKind kind) {
        return contracts().address(kind).toString();
    }
}
