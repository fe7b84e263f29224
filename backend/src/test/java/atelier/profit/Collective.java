package atelier.profit;

import atelier.identity.Member;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.testing.ChainClock;
import atelier.testing.Founder;
import atelier.workshop.Curator;
import atelier.workshop.NewSupply;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * A community on a real chain: somebody runs it, a supplier sells clay, members buy it, time
 * passes.
 */
public final class Collective extends Founder {

    /** Time runs ahead here: an application for these tests alone. */
    public static final String OF_ITS_OWN = "atelier.profit.look-every=1s";

    private static final Duration WEEK = Duration.ofDays(7);

    private final Studio studio;
    private final Curator curator;
    private final Workshop workshop;
    private final Environment environment;
    private final Profit profit;

    Collective(
            Studio studio,
            Curator curator,
            Workshop workshop,
            Environment environment,
            Profit profit) {
        this.studio = studio;
        this.curator = curator;
        this.workshop = workshop;
        this.environment = environment;
        this.profit = profit;
    }

    public static Collective in(AutowireCapableBeanFactory application) {
        return in(application, Collective.class);
    }

    public Member founder(String email) {
        return admin("Founder", email);
    }

    public SupplyId clay(Member founder, Member supplier) {
        done(
                curator.define(
                        founder.id(),
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                "Clay",
                                supplier.id(),
                                TokenAmount.ofUnits(400),
                                5_000),
                        key()));
        return workshop.supplies().stream()
                .filter(one -> one.name().equals("Clay"))
                .map(SupplyView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    public void buy(Member buyer, SupplyId supply, long pieces) {
        SequencedMap<SupplyId, Long> amounts = new LinkedHashMap<>(Map.of(supply, pieces));
        done(studio.buy(buyer.id(), amounts, null, key()));
    }

    /** Lets the epoch at hand end; the number of the next, which has just begun. */
    public long begins() {
        long before = profit.newest().orElseThrow().number();
        passes(WEEK);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        profit.newest()
                                .filter(now -> now.number() > before && !profit.isOver(now))
                                .isPresent());
        return profit.newest().orElseThrow().number();
    }

    /** Lets the chain's clock run ahead and mines a block. */
    public void passes(Duration time) {
        new ChainClock(environment.getRequiredProperty("atelier.chain.rpc-url")).pass(time);
    }
}
