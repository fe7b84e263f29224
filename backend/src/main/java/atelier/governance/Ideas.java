package atelier.governance;

import atelier.chain.IntentRequest;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ideas: every member may write one and support others'; one that enough want can be put to the
 * vote as it stands. Only this database knows them.
 */
@Component
public class Ideas {

    private static final int TITLE = 80;
    private static final int WORDS = 2_000;
    private static final int MOST_A_DAY = 10;

    private static final String SELECT =
            """
            select i.*, (select count(*) from recorded.idea_support s where s.idea = i.id) as support,
                   exists (select 1 from recorded.idea_support s
                           where s.idea = i.id and s.member = cast(:reader as uuid)) as supported
            from recorded.idea i
            """;

    private final JdbcClient jdbc;
    private final Rules rules;
    private final Council council;
    private final Drafting drafting;
    private final Clock clock;

    Ideas(JdbcClient jdbc, Rules rules, Council council, Drafting drafting, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.council = council;
        this.drafting = drafting;
        this.clock = clock;
    }

    /** Ideas nobody has proposed yet, those that most want first, then those that were. */
    public List<Idea> all(@Nullable MemberId reader, int limit) {
        return jdbc.sql(
                        SELECT
                                + " order by i.proposal is not null, support desc, i.written_at desc"
                                + " limit :limit")
                .param("reader", id(reader))
                .param("limit", limit)
                .query(Ideas::idea)
                .list();
    }

    /** One idea. */
    public Optional<Idea> find(UUID idea, @Nullable MemberId reader) {
        return jdbc.sql(SELECT + " where i.id = :idea")
                .param("reader", id(reader))
                .param("idea", idea)
                .query(Ideas::idea)
                .optional();
    }

    /** How many supporters make an idea ready to be proposed, by the rule in force. */
    public long threshold() {
        return rules.current().value(Rule.IDEA_SUPPORT).longValueExact();
    }

    /** Whether enough want it, and nobody proposed it yet. */
    public boolean ready(Idea idea) {
        return idea.proposal() == null && idea.support() >= threshold();
    }

    /**
     * Writes an idea down; its author supports it.
     *
     * @throws Refused {@code idea.title}, {@code idea.words}, {@code idea.too-many}, {@code
     *     idempotency.mismatch}
     */
    @Transactional
    public Idea write(MemberId author, String title, String words, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("idea", title, words);
        lock("ideas:" + author);
        Optional<Idea> first = replay(author, key, request);
        if (first.isPresent()) {
            return first.get();
        }
        String shownTitle = Reason.shown(title).replace('\n', ' ').strip();
        String shownWords = Reason.shown(words).strip();
        require(!shownTitle.isEmpty() && length(shownTitle) <= TITLE, "idea.title", TITLE);
        require(length(shownWords) <= WORDS, "idea.words", WORDS);
        requireNotTooMany(author);
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into recorded.idea (id, author, title, words, written_at,
                            idempotency_key, request_hash)
                        values (:id, :author, :title, :words, :now, :key, :request)
                        """)
                .param("id", id)
                .param("author", author.id())
                .param("title", shownTitle)
                .param("words", shownWords)
                .param("now", now())
                .param("key", key.value())
                .param("request", request.bytes())
                .update();
        support(author, id);
        return find(id, author).orElseThrow();
    }

    /**
     * Says that a member wants it; saying it again changes nothing.
     *
     * @throws Refused {@code idea.unknown}
     */
    @Transactional
    public void support(MemberId member, UUID idea) {
        requireKnown(idea);
        jdbc.sql(
                        """
                        insert into recorded.idea_support (idea, member, supported_at)
                        values (:idea, :member, :now) on conflict do nothing
                        """)
                .param("idea", idea)
                .param("member", member.id())
                .param("now", now())
                .update();
    }

    /**
     * Takes a member's support back.
     *
     * @throws Refused {@code idea.unknown}
     */
    @Transactional
    public void withdraw(MemberId member, UUID idea) {
        requireKnown(idea);
        jdbc.sql("delete from recorded.idea_support where idea = :idea and member = :member")
                .param("idea", idea)
                .param("member", member.id())
                .update();
    }

    /**
     * Puts an idea to the vote: what is decided is that the community says it.
     *
     * @throws Refused {@code idea.unknown}, {@code idea.proposed}, {@code idea.not-ready}, and as
     *     {@link Council#propose}
     */
    public Council.Proposing propose(MemberId member, UUID id, IdempotencyKey key) {
        Idea idea = find(id, member).orElseThrow(Ideas::unknown);
        if (idea.proposal() != null && council.proposal(idea.proposal()).isPresent()) {
            throw Refused.conflict("idea.proposed", idea.title());
        }
        if (idea.support() < threshold()) {
            throw Refused.conflict("idea.not-ready", threshold(), idea.support());
        }
        Council.Proposing proposing =
                council.propose(member, List.of(drafting.note(idea.title())), idea.words(), key);
        jdbc.sql("update recorded.idea set proposal = :proposal where id = :id")
                .param("proposal", proposing.id().number())
                .param("id", id)
                .update();
        return proposing;
    }

    private void requireNotTooMany(MemberId author) {
        long today =
                jdbc.sql(
                                """
                                select count(*) from recorded.idea
                                where author = :author and written_at > :since
                                """)
                        .param("author", author.id())
                        .param("since", now().minus(Duration.ofDays(1)))
                        .query(Long.class)
                        .single();
        if (today >= MOST_A_DAY) {
            throw new Refused(Refused.Reason.TOO_MANY, "idea.too-many", MOST_A_DAY);
        }
    }

    private Optional<Idea> replay(MemberId author, IdempotencyKey key, Hash32 request) {
        return jdbc.sql(
                        SELECT
                                + """
                                 where i.author = :reader and i.idempotency_key = :key
                                """)
                .param("reader", author.id())
                .param("key", key.value())
                .query((row, i) -> {
                    if (!request.equals(Hash32.of(row.getBytes("request_hash")))) {
                        throw Refused.conflict("idempotency.mismatch");
                    }
                    return idea(row, i);
                })
                .optional();
    }

    private void requireKnown(UUID idea) {
        if (find(idea, null).isEmpty()) {
            throw unknown();
        }
    }

    private void lock(String name) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", name)
                .query((row, _) -> 0)
                .single();
    }

    private static void require(boolean fits, String code, int most) {
        if (!fits) {
            throw Refused.invalid(code, most);
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Refused unknown() {
        return Refused.notFound("idea.unknown");
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Idea idea(ResultSet row, int number) throws SQLException {
        var proposal = row.getBigDecimal("proposal");
        return new Idea(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("author", UUID.class)),
                row.getString("title"),
                row.getString("words"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getLong("support"),
                row.getBoolean("supported"),
                proposal == null ? null : new ProposalId(proposal.toBigIntegerExact()));
    }

    private static @Nullable UUID id(@Nullable MemberId member) {
        return member == null ? null : member.id();
    }
}
