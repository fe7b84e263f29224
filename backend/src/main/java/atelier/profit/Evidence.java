package atelier.profit;

import atelier.kernel.Address;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The events behind an account's line, as they were noted when the line was made. */
@Component
class Evidence {

    private final MirroredFacts facts;
    private final KeptStatements kept;

    Evidence(MirroredFacts facts, KeptStatements kept) {
        this.facts = facts;
        this.kept = kept;
    }

    /**
     * By role.
     *
     * @param limit how many events of a role are looked up; all are counted
     */
    Map<Role, Deeds> of(long epoch, Address account, int limit) {
        Map<Role, List<Trail.Step>> byRole =
                kept.trail(epoch, account).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Trail.Step::role,
                                        () -> new EnumMap<>(Role.class),
                                        Collectors.toList()));
        Map<MirroredFacts.Spot, Fact> found =
                facts.at(
                        byRole.values().stream()
                                .flatMap(steps -> steps.stream().limit(limit))
                                .map(Trail.Step::spot)
                                .collect(Collectors.toSet()));
        Map<Role, Deeds> deeds = new EnumMap<>(Role.class);
        byRole.forEach((role, steps) ->
                deeds.put(
                        role,
                        new Deeds(
                                steps.size(),
                                steps.stream()
                                        .limit(limit)
                                        .flatMap(step -> deed(step, found))
                                        .toList())));
        return deeds;
    }

    /** Nothing if a reorg took the event away since. */
    private static Stream<Deed> deed(Trail.Step step, Map<MirroredFacts.Spot, Fact> found) {
        return Optional.ofNullable(found.get(step.spot())).stream()
                .map(fact -> new Deed(step.role(), fact, step.measure()));
    }
}
