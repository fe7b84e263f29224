package atelier.profit;

import java.util.List;

/** Facts of one community, in their order. */
record History(ShareDomain domain, List<Fact> facts) {

    List<Statement> statements() {
        return Statements.of(domain, facts);
    }
}
