package atelier.profit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a statement for every epoch that is closed, as {@code docs/statement.md} says. The same
 * facts give the same statements, whoever asks and whenever.
 */
public final class Statements {

    private Statements() {}

    /**
     * All statements, oldest first.
     *
     * @param facts in their order; gone through twice
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    public static List<Statement> of(ShareDomain domain, Iterable<Fact> facts) {
        Outline outline = Outline.of(facts);
        return of(
                domain,
                Chronicle.of(outline, facts, Amendment.NONE, Witness.NONE),
                outline::isRefused);
    }

    /** All statements as they would be if every one of them counted. */
    static List<Statement> counting(ShareDomain domain, List<Doings> epochs) {
        return of(domain, epochs, _ -> false);
    }

    private static List<Statement> of(
            ShareDomain domain, List<Doings> epochs, Predicate<Statement> refused) {
        List<Statement> statements = new ArrayList<>();
        Opening opening = Opening.FIRST;
        for (Doings doings : epochs) {
            Reckoning reckoning = Reckoning.of(domain, opening, doings);
            Statement statement = reckoning.statement();
            statements.add(statement);
            opening = refused.test(statement) ? reckoning.refused() : reckoning.counted();
        }
        return Collections.unmodifiableList(statements);
    }
}
