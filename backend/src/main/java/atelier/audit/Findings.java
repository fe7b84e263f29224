package atelier.audit;

import atelier.chain.ContractLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is not as it should be, told in words; the earliest on the chain first. */
final class Findings {

    /** What has no place of its own comes after all that has. */
    private static final long NOWHERE = Long.MAX_VALUE;

    private record Finding(long block, int index, String words) {}

    private final List<Finding> all = new ArrayList<>();

    /** Something that one log shows. */
    void add(ContractLog log, String words) {
        all.add(
                new Finding(
                        log.block(),
                        log.index(),
                        "Block %d, transaction %s: %s".formatted(log.block(), log.tx(), words)));
    }

    /** Something that all of the chain shows. */
    void add(String words) {
        all.add(new Finding(NOWHERE, all.size(), words));
    }

    /** Takes back what one log showed, because it was put right later. */
    void forgive(ContractLog log) {
        all.removeIf(finding -> finding.block() == log.block() && finding.index() == log.index());
    }

    int count() {
        return all.size();
    }

    Optional<String> first() {
        return all.stream()
                .min(Comparator.comparingLong(Finding::block).thenComparingInt(Finding::index))
                .map(Finding::words);
    }
}
