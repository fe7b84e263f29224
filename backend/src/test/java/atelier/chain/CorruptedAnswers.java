package atelier.chain;

import atelier.testing.Relay;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node whose answers are wrong in one way, the first time for sure, then now and then. */
final class CorruptedAnswers extends StagedOrdeal {

    private static final List<Corruption> ANY = List.of(Corruption.values());
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int FEWEST_ROUNDS = 6;
    private static final int MOST_ROUNDS = 40;

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) throws IOException {
        Corruption corruption = ANY.get(random.nextInt(ANY.size()));
        AtomicBoolean lied = new AtomicBoolean();
        try (Relay relay = new Relay(on.chain().url());
                JsonRpc rpc = new JsonRpc(URI.create(relay.url()), LONGEST)) {
            SimulatedProcess deceived = on.process(world -> world.with(new RpcNode(rpc)));
            SplittableRandom chance = random.split();
            on.expireLeases();
            on.traffic(random);
            relay.lie = (request, answer) -> told(corruption, request, answer, chance, lied);
            for (int i = 0; i < MOST_ROUNDS && (i < FEWEST_ROUNDS || !lied.get()); i++) {
                on.step(deceived);
                on.chain().mine();
                if (i % 8 == 7) {
                    on.traffic(random);
                }
            }
            relay.lie = (_, answer) -> answer;
            on.rest(deceived);
        }
        if (lied.get()) {
            count(fired, corruption.name());
        }
        on.expireLeases();
    }

    private static String told(
            Corruption corruption,
            String request,
            String answer,
            SplittableRandom chance,
            AtomicBoolean lied) {
        boolean now = !lied.get() || chance.nextInt(3) == 0;
        String told = now ? corruption.told(request, answer, chance) : answer;
        if (!told.equals(answer)) {
            lied.set(true);
        }
        return told;
    }
}
