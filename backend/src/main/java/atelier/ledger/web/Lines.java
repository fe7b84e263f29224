package atelier.ledger.web;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.ledger.Code;
import atelier.ledger.Issue;
import atelier.ledger.Ledger;
import atelier.ledger.Posting;
import atelier.rules.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts postings into words: what for, with whom, and how sure. */
@Component
class Lines {

    private final Ledger ledger;
    private final Mirror mirror;
    private final Names names;
    private final MessageSource messages;

    Lines(Ledger ledger, Mirror mirror, Names names, MessageSource messages) {
        this.ledger = ledger;
        this.mirror = mirror;
        this.names = names;
        this.messages = messages;
    }

    List<Line> of(Address account, List<Posting> postings) {
        Map<Address, String> known = names.of(counterparties(postings));
        Map<Hash32, Issue> issues = issues(account, postings);
        long finalHeight = mirror.status().map(MirrorStatus::finalHeight).orElse(-1L);
        return postings.stream().map(p -> line(p, known, issue(p, issues), finalHeight)).toList();
    }

    private Line line(
            Posting posting, Map<Address, String> known, Optional<Issue> issue, long finalHeight) {
        return new Line(
                posting.at(),
                words(posting, issue, known.get(posting.counterparty())),
                issue.map(Issue::reason).orElse(null),
                new TokenAmount(posting.amount()),
                new TokenAmount(posting.balance()),
                posting.place().block() <= finalHeight ? "f" : "b",
                posting.transaction().toString(),
                receipt(posting));
    }

    /** One transaction may hold several sales: the posting's own place tells which. */
    private static @Nullable String receipt(Posting posting) {
        return switch (posting.code()) {
            case SALE, CREATOR_ROYALTY, AUTHOR_ROYALTY ->
                    "/me/trades?tx=%s&log=%d"
                            .formatted(posting.transaction(), posting.place().logIndex());
            case ISSUE,
                    TRANSFER,
                    TRADING_FEE,
                    SUPPLY,
                    RECIPE_FEE,
                    WORKSHOP_FEE,
                    CRAFT,
                    COLLECT,
                    STOCK ->
                    null;
        };
    }

    private String words(Posting posting, Optional<Issue> issue, @Nullable String name) {
        String direction = posting.incoming() ? "in" : "out";
        String key =
                issue.map(i -> i.welcome() ? "ledger.welcome" : "ledger.grant")
                        .orElse("ledger.code." + posting.code().key() + "." + direction);
        return say(key, name == null ? say("ledger.someone") : name);
    }

    private String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    private static Set<Address> counterparties(List<Posting> postings) {
        return postings.stream().map(Posting::counterparty).collect(Collectors.toSet());
    }

    private static Optional<Issue> issue(Posting posting, Map<Hash32, Issue> issues) {
        return posting.code() == Code.ISSUE
                ? Optional.ofNullable(issues.get(posting.transaction()))
                : Optional.empty();
    }

    private Map<Hash32, Issue> issues(Address account, List<Posting> postings) {
        Set<Hash32> transactions =
                postings.stream()
                        .filter(posting -> posting.code() == Code.ISSUE)
                        .map(Posting::transaction)
                        .collect(Collectors.toSet());
        return transactions.isEmpty() ? Map.of() : ledger.issuesIn(transactions, account);
    }
}
