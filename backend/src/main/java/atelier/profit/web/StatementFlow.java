package atelier.profit.web;

import atelier.kernel.TokenAmount;
import atelier.profit.IncomeLine;
import atelier.profit.RoleShare;
import atelier.profit.Statement;
import atelier.web.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A statement from its income to everybody's shares: what came in is what went out or stays. */
final class StatementFlow {

    private final Statement statement;
    private final Words words;

    private StatementFlow(Statement statement, Words words) {
        this.statement = statement;
        this.words = words;
    }

    static Flow of(Statement statement, Words words) {
        StatementFlow flow = new StatementFlow(statement, words);
        List<Flow.Part> in = flow.in();
        TokenAmount total =
                in.stream().map(Flow.Part::amount).reduce(TokenAmount.ZERO, TokenAmount::plus);
        return new Flow(in, flow.out(), total);
    }

    private List<Flow.Part> in() {
        Map<Integer, TokenAmount> byKind = new LinkedHashMap<>();
        for (IncomeLine line : statement.income()) {
            byKind.merge(line.kind(), line.amount(), TokenAmount::plus);
        }
        List<Flow.Part> parts = new ArrayList<>();
        byKind.forEach((kind, amount) ->
                parts.add(new Flow.Part(words.income(kind), amount, Flow.Kind.INCOME)));
        add(parts, "profit.flow.brought", statement.brought(), Flow.Kind.KEPT);
        add(parts, "profit.flow.missing", statement.lossAfter(), Flow.Kind.COST);
        return parts;
    }

    private List<Flow.Part> out() {
        List<Flow.Part> parts = new ArrayList<>();
        for (RoleShare role : statement.roles()) {
            if (role.paid().signum() > 0) {
                parts.add(new Flow.Part(words.role(role.role()), role.paid(), Flow.Kind.SHARE));
            }
        }
        add(parts, "profit.flow.commons", statement.commons(), Flow.Kind.KEPT);
        add(parts, "profit.flow.carry", statement.carry(), Flow.Kind.KEPT);
        add(parts, "profit.flow.kept", kept(), Flow.Kind.KEPT);
        add(parts, "profit.flow.costs", statement.costSum(), Flow.Kind.COST);
        add(parts, "profit.flow.loss", statement.lossBefore(), Flow.Kind.COST);
        return parts;
    }

    /** The surplus that does not go back, but stays in the treasury. */
    private TokenAmount kept() {
        return statement
                .incomeSum()
                .plus(statement.lossAfter())
                .minus(statement.costSum())
                .minus(statement.lossBefore())
                .minus(statement.share());
    }

    private void add(List<Flow.Part> parts, String key, TokenAmount amount, Flow.Kind kind) {
        if (amount.signum() > 0) {
            parts.add(new Flow.Part(words.say(key), amount, kind));
        }
    }
}
