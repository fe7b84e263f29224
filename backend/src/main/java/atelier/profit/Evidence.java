package atelier.profit;

import atelier.kernel.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The events behind an account's line: the same count again, with somebody watching. */
@Component
class Evidence {

    private final MirroredFacts facts;

    Evidence(MirroredFacts facts) {
        this.facts = facts;
    }

    /** By role, in their order. */
    Map<Role, List<Deed>> of(Epoch epoch, Address account) {
        Map<Role, List<Deed>> deeds = new EnumMap<>(Role.class);
        facts.since(Instant.ofEpochSecond(epoch.start()))
                .ifPresent(reading ->
                        Chronicle.of(
                                Outline.of(reading.facts()),
                                reading.facts(),
                                Amendment.NONE,
                                (when, who, deed) -> {
                                    if (when.equals(epoch) && who.equals(account)) {
                                        deeds.computeIfAbsent(deed.role(), _ -> new ArrayList<>())
                                                .add(deed);
                                    }
                                }));
        return deeds;
    }
}
