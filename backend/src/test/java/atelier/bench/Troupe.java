package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.vault.Vault;
import atelier.workshop.Curator;
import atelier.workshop.NewRecipe;
import atelier.workshop.NewSupply;
import atelier.workshop.RecipeView;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Members with keys and points, one of them an admin, and a recipe that all may use. */
final class Troupe {

    /** How many act at the same time. */
    static final int CALLERS = 64;

    /** For how many members they act. */
    static final int MEMBERS = 1024;

    private static final String RECIPE = "Etude";
    private static final long POINTS = 30_000;
    private static final long ADMIN_POINTS = 30_000_000;

    private final Arena arena;
    private final List<Player> players;
    private final Player admin;

    /** A member and their account. */
    record Player(MemberId id, Address account) {}

    private Troupe(Arena arena, List<Player> players, Player admin) {
        this.arena = arena;
        this.players = players;
        this.admin = admin;
    }

    static Troupe gather(Arena arena) {
        Player admin = join(arena);
        Members members = arena.bean(Members.class);
        long mark = arena.mark();
        members.appoint(admin.id(), Role.ADMIN);
        members.appoint(admin.id(), Role.SUPPLIER);
        arena.settled(mark);
        Troupe troupe =
                new Troupe(
                        arena,
                        IntStream.range(0, MEMBERS).mapToObj(_ -> join(arena)).toList(),
                        admin);
        troupe.equip();
        return troupe;
    }

    Player player(int number) {
        return players.get(Math.floorMod(number, MEMBERS));
    }

    Player admin() {
        return admin;
    }

    RecipeId recipe() {
        return arena.bean(Workshop.class).recipes().stream()
                .filter(recipe -> recipe.title().equals(RECIPE))
                .map(RecipeView::id)
                .findFirst()
                .orElseThrow();
    }

    static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    /** A member without a password: nobody's sign-in is measured. */
    static Player join(Arena arena) {
        MemberId id = new MemberId(UUID.randomUUID());
        return Objects.requireNonNull(
                arena.transactions()
                        .execute(_ -> {
                            Address account = arena.bean(Vault.class).create(id.toString());
                            arena.database()
                                    .sql(
                                            """
                                            WITH joined AS (
                                                INSERT INTO recorded.member VALUES (:id, :name,
                                                    :email, '-', :account, 'en', now())
                                                RETURNING id)
                                            INSERT INTO recorded.member_role
                                            SELECT id, 'MEMBER', now() FROM joined
                                            """)
                                    .param("id", id.id())
                                    .param("name", "Player")
                                    .param("email", id + "@example.org")
                                    .param("account", account.bytes())
                                    .update();
                            return new Player(id, account);
                        }));
    }

    private void equip() {
        long mark = arena.mark();
        grant(admin, ADMIN_POINTS);
        players.forEach(player -> grant(player, POINTS));
        Curator curator = arena.bean(Curator.class);
        curator.define(
                admin.id(),
                new NewSupply(
                        SupplyKind.MATERIAL, "Paper", admin.id(), points("0.10"), 900_000_000),
                key());
        arena.settled(mark);
        Studio studio = arena.bean(Studio.class);
        var paper = arena.bean(Workshop.class).supplies().getFirst().id();
        studio.propose(
                player(0).id(),
                new NewRecipe(
                        RECIPE,
                        "Draw.",
                        points("0.10"),
                        List.of(new NewRecipe.Input(paper, 1)),
                        null),
                key());
        arena.settled(mark);
        curator.approve(admin.id(), recipe(), key());
        arena.settled(mark);
    }

    void grant(Player to, long units) {
        arena.bean(Ledger.class)
                .grant(admin.id(), to.id(), TokenAmount.ofUnits(units), "To play.", key());
    }

    /** Gives an account that is no member's some of the admin's points, and coin. */
    void endow(String account, long units) {
        Anvil chain = arena.chain();
        chain.fund(account);
        chain.become(admin.account().toString());
        act(
                admin,
                ContractKind.POINTS,
                arena.bean(Contracts.class).points().transfer(account, BigInteger.valueOf(units)));
    }

    /** A member's own transaction, sent past us. */
    void act(Player player, ContractKind to, RemoteFunctionCall<?> call) {
        arena.chain()
                .rpc()
                .call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                player.account().toString(),
                                "to",
                                arena.bean(Contracts.class).address(to).toString(),
                                "gas",
                                "0xf4240",
                                "data",
                                call.encodeFunctionCall()));
    }

    private static TokenAmount points(String points) {
        return TokenAmount.parsePoints(points);
    }
}
