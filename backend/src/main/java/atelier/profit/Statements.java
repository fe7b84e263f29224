package atelier.profit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes a statement for every epoch that is closed, as {@code docs/statement.md} says. The same
 * facts give the same statements, whoever asks and whenever.
 */
public final class Statements {

    private final ShareDomain domain;
    private final Outline outline;
    private final List<Statement> made = new ArrayList<>();
    private Opening opening;

    private Statements(ShareDomain domain, Outline outline, Opening opening) {
        this.domain = domain;
        this.outline = outline;
        this.opening = opening;
    }

    /**
     * All statements, oldest first.
     *
     * @param facts in their order; gone through twice
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    public static List<Statement> of(ShareDomain domain, Iterable<Fact> facts) {
        Outline outline = Outline.of(facts);
        Statements statements = new Statements(domain, outline, Opening.FIRST);
        Chronicle.tell(outline.closed(), facts, Witness.NONE, statements::take);
        return Collections.unmodifiableList(statements.made);
    }

    /**
     * The statement of one closed epoch, which goes on from the one before.
     *
     * @param outline of all facts
     * @param opening what the statement before leaves
     * @param facts those of this epoch, and from the beginning what makes known what they name;
     *     gone through once
     * @param witness is told who did what
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    static Statement one(
            ShareDomain domain,
            Outline outline,
            Opening opening,
            Epoch epoch,
            Iterable<Fact> facts,
            Witness witness) {
        Statements statements = new Statements(domain, outline, opening);
        Chronicle.tell(List.of(epoch), facts, witness, statements::take);
        return statements.made.getFirst();
    }

    private void take(Doings doings) {
        Merits merits = Merits.of(doings, outline.rules(doings.epoch()));
        Statement one = Reckoning.of(opening, merits).statement(domain);
        made.add(one);
        opening = outline.isRefused(one) ? Opening.afterRefused(one) : Opening.after(one);
    }
}
