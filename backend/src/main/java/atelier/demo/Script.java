package atelier.demo;

import atelier.chain.Intent;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The demo's acts by name: each is done once, however often it is asked for, and waited for. */
@Component
class Script {

    private final Steps steps;
    private final Patience patience;

    Script(Steps steps, Patience patience) {
        this.steps = steps;
        this.patience = patience;
    }

    /** What the act of this name answered, now or in an earlier start. */
    String once(String name, Supplier<String> act) {
        return steps.once(name, act);
    }

    /** What it answered, if it was done. */
    Optional<String> outcome(String name) {
        return steps.outcome(name);
    }

    /** The intent of the act of this name. */
    IntentId intent(String name, Supplier<Intent> act) {
        return IntentId.parse(steps.once(name, () -> act.get().id().toString()));
    }

    /** The same act for several things. */
    <T> List<IntentId> intents(List<T> things, Function<T, String> name, Function<T, Intent> act) {
        return things.stream()
                .map(thing -> intent(name.apply(thing), () -> act.apply(thing)))
                .toList();
    }

    void await(List<IntentId> wanted) throws InterruptedException {
        patience.await(wanted);
    }

    /** Waits for everything that a member has under way. */
    void await(String alias) throws InterruptedException {
        patience.await(member(alias));
    }

    void until(BooleanSupplier holds) throws InterruptedException {
        patience.until(holds);
    }

    /** Who joined under this alias. */
    MemberId member(String alias) {
        return new MemberId(UUID.fromString(outcome("member:" + alias).orElseThrow()));
    }

    MemberId teacher() {
        return member(Community.TEACHER);
    }

    static IdempotencyKey key(String name) {
        return new IdempotencyKey(
                "demo-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
