package atelier.workshop;

import atelier.chain.Call;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door for those who run the place: recipes are approved and retired, supplies defined, priced
 * and restocked. Every change is the admin's own signed request; the contract checks their right
 * once more.
 */
@Service
@Transactional
public class Curator {

    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Workshop workshop;
    private final WorkshopCalls calls;
    private final Intents intents;
    private final Members members;
    private final Clock clock;

    Curator(Workshop workshop, WorkshopCalls calls, Intents intents, Members members, Clock clock) {
        this.workshop = workshop;
        this.calls = calls;
        this.intents = intents;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Lets works be made from a proposed recipe.
     *
     * @throws Refused {@code recipe.unknown}, {@code recipe.not-proposed}
     */
    public Intent approve(MemberId admin, RecipeId id, @Nullable IdempotencyKey key) {
        return submit(
                admin,
                "workshop.approve",
                id,
                key,
                "/admin/recipes",
                () -> {
                    RecipeView recipe = recipe(id);
                    if (recipe.status() != RecipeStatus.PROPOSED) {
                        throw Refused.conflict("recipe.not-proposed", recipe.title());
                    }
                    return calls.approve(account(admin), id);
                });
    }

    /**
     * Ends the use of a recipe, for good.
     *
     * @throws Refused {@code recipe.unknown}, {@code recipe.retired}
     */
    public Intent retire(MemberId admin, RecipeId id, @Nullable IdempotencyKey key) {
        return submit(
                admin,
                "workshop.retire",
                id,
                key,
                "/admin/recipes",
                () -> {
                    RecipeView recipe = recipe(id);
                    if (recipe.status() == RecipeStatus.RETIRED) {
                        throw Refused.conflict("recipe.retired", recipe.title());
                    }
                    return calls.retire(account(admin), id);
                });
    }

    /**
     * Offers a new material or tool.
     *
     * @throws Refused {@code supply.supplier} if the supplier is no member with that role
     */
    public Intent define(MemberId admin, NewSupply supply, @Nullable IdempotencyKey key) {
        return submit(
                admin,
                "workshop.define",
                supply,
                key,
                "/admin/supplies",
                () -> {
                    Address supplier =
                            members.find(supply.supplier())
                                    .filter(member -> member.roles().contains(Role.SUPPLIER))
                                    .map(Member::account)
                                    .orElseThrow(() -> Refused.invalid("supply.supplier"));
                    return calls.define(account(admin), supply, supplier);
                });
    }

    /**
     * Sets what a supplier gets for a piece, or for one use.
     *
     * @throws Refused {@code supply.unknown}, {@code supply.price}
     */
    public Intent reprice(
            MemberId admin, SupplyId id, TokenAmount price, @Nullable IdempotencyKey key) {
        String request = id + "=" + price.units();
        return submit(
                admin,
                "workshop.reprice",
                request,
                key,
                "/admin/supplies",
                () -> {
                    NewSupply.requirePrice(price);
                    requireKnown(id);
                    return calls.setPrice(account(admin), id, price);
                });
    }

    /**
     * Adds pieces, or uses, to a supplier's stock.
     *
     * @throws Refused {@code supply.unknown}, {@code supply.stock}
     */
    public Intent restock(MemberId admin, SupplyId id, long amount, @Nullable IdempotencyKey key) {
        String request = id + "+" + amount;
        return submit(
                admin,
                "workshop.restock",
                request,
                key,
                "/admin/supplies",
                () -> {
                    if (amount < 1 || amount > NewSupply.MOST_STOCK) {
                        throw Refused.invalid("supply.stock", NewSupply.MOST_STOCK);
                    }
                    requireKnown(id);
                    return calls.restock(account(admin), id, amount);
                });
    }

    private Intent submit(
            MemberId admin,
            String kind,
            Object request,
            @Nullable IdempotencyKey key,
            String resultPath,
            Supplier<Call> checkedCall) {
        Hash32 requestHash = IntentRequest.hashOf(kind, request);
        Optional<Intent> replay =
                key == null ? Optional.empty() : intents.replay(admin, key, requestHash);
        return replay.orElseGet(() ->
                intents.submit(
                        new IntentRequest(
                                admin,
                                kind,
                                admin + "/" + name(key),
                                checkedCall.get(),
                                key,
                                requestHash,
                                clock.instant().plus(PATIENCE),
                                resultPath)));
    }

    private static String name(@Nullable IdempotencyKey key) {
        return key == null ? UUID.randomUUID().toString() : key.value();
    }

    private RecipeView recipe(RecipeId id) {
        return workshop.recipe(id).orElseThrow(() -> Refused.notFound("recipe.unknown"));
    }

    private void requireKnown(SupplyId id) {
        if (workshop.supply(id).isEmpty()) {
            throw Refused.notFound("supply.unknown");
        }
    }

    private Address account(MemberId admin) {
        return members.find(admin).orElseThrow(() -> Refused.notFound("member.unknown")).account();
    }
}
