package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.rules.Rule;
import atelier.rules.RuleChange;
import atelier.rules.Rules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored proposals, each with the state that it has at a moment. */
@Component
class ProposalRows {

    // One expression for every reader, after OpenZeppelin's Governor.state.
    private static final String STATED =
            """
            select p.*, b.mined_at, coalesce(extended.moment, p.voting_until) as until,
                   queued.moment as ready, ended.mined_at as ended_at,
                   ended.block_number as ended_block, t.against, t.favour, t.abstaining,
                   case when ended.step = 'canceled' then 'CANCELED'
                        when ended.step = 'executed' then 'EXECUTED'
                        when queued.moment is not null then 'QUEUED'
                        when :now <= p.voting_from then 'PENDING'
                        when :now <= coalesce(extended.moment, p.voting_until) then 'ACTIVE'
                        when t.against + t.favour + t.abstaining >= p.quorum
                            and t.favour > t.against then 'SUCCEEDED'
                        else 'DEFEATED' end as state
            from derived.proposal p
            join derived.block b on b.canonical and b.number = p.block_number
            left join lateral (
                select max(s.moment) as moment from derived.proposal_step s
                where s.canonical and s.proposal = p.id and s.step = 'extended') extended on true
            left join lateral (
                select max(s.moment) as moment from derived.proposal_step s
                where s.canonical and s.proposal = p.id and s.step = 'queued') queued on true
            left join lateral (
                select s.step, s.block_number, done.mined_at from derived.proposal_step s
                join derived.block done on done.canonical and done.number = s.block_number
                where s.canonical and s.proposal = p.id and s.step in ('executed', 'canceled')
                order by s.block_number desc, s.log_index desc limit 1) ended on true
            cross join lateral (
                select count(*) filter (where latest.choice = 0) as against,
                       count(*) filter (where latest.choice = 1) as favour,
                       count(*) filter (where latest.choice = 2) as abstaining
                from (select distinct on (v.seat) v.choice from derived.ballot v
                      where v.canonical and v.refusal is null and v.proposal = p.id
                      order by v.seat, v.block_number desc, v.log_index desc) latest) t
            where p.canonical
            """;

    private static final String OPEN = "('PENDING', 'ACTIVE', 'SUCCEEDED', 'QUEUED')";

    private static final String NEWEST = " order by p.block_number desc, p.log_index desc";

    private final JdbcClient jdbc;
    private final Rules rules;

    ProposalRows(JdbcClient jdbc, Rules rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    Optional<Proposal> find(ProposalId id, Instant now) {
        return read(STATED + " and p.id = :id", Map.of("id", id.number()), now).stream()
                .findFirst();
    }

    /** Those that something can still become of, the newest first. */
    List<Proposal> open(Instant now, int limit) {
        return read(
                "select * from ("
                        + STATED
                        + ") p where p.state in "
                        + OPEN
                        + NEWEST
                        + " limit :limit",
                Map.of("limit", limit),
                now);
    }

    /** Those that are over, the newest first, made before a block. */
    List<Proposal> past(Instant now, long before, int limit) {
        return read(
                "select * from ("
                        + STATED
                        + ") p where p.state not in "
                        + OPEN
                        + " and p.block_number < :before"
                        + NEWEST
                        + " limit :limit",
                Map.of("before", before, "limit", limit),
                now);
    }

    /** Those that an account made or voted on, the newest first. */
    List<Proposal> of(Address account, Instant now, int limit) {
        return read(
                STATED
                        + """
                         and (p.proposer = :account or exists (select 1 from derived.ballot v
                            where v.canonical and v.voter = :account and v.proposal = p.id
                              and v.refusal is null))
                        """
                        + NEWEST
                        + " limit :limit",
                Map.of("account", account.bytes(), "limit", limit),
                now);
    }

    /** The choice that counts of an account, if it voted. */
    Optional<Vote> choice(ProposalId id, Address voter) {
        return jdbc.sql(
                        """
                        select choice from derived.ballot
                        where canonical and refusal is null and proposal = :proposal
                          and voter = :voter
                        order by block_number desc, log_index desc limit 1
                        """)
                .param("proposal", id.number())
                .param("voter", voter.bytes())
                .query((row, _) -> Vote.ofNumber(row.getInt("choice")))
                .optional();
    }

    /** Why the ballot that an account's transaction brought does not count; empty if it does. */
    Optional<BallotRefusal> refusal(ProposalId id, Address voter, Hash32 tx) {
        return jdbc.sql(
                        """
                        select refusal from derived.ballot
                        where canonical and proposal = :proposal and voter = :voter
                          and tx_hash = :tx and refusal is not null
                        order by block_number desc, log_index desc limit 1
                        """)
                .param("proposal", id.number())
                .param("voter", voter.bytes())
                .param("tx", tx.bytes())
                .query((row, _) -> BallotRefusal.ofNumber(row.getInt("refusal")))
                .optional();
    }

    private List<Proposal> read(String sql, Map<String, ?> params, Instant now) {
        List<RuleChange> locks = new ArrayList<>();
        return jdbc.sql(sql)
                .params(params)
                .param("now", now.getEpochSecond())
                .query((row, _) -> {
                    if (locks.isEmpty()) {
                        locks.addAll(rules.history(Rule.VOTE_LOCK, Integer.MAX_VALUE));
                    }
                    return proposal(row, locks);
                })
                .list();
    }

    private static Proposal proposal(ResultSet row, List<RuleChange> locks) throws SQLException {
        long block = row.getLong("block_number");
        Instant until = Instant.ofEpochSecond(row.getLong("until"));
        return new Proposal(
                new ProposalId(row.getBigDecimal("id").toBigIntegerExact()),
                Address.of(row.getBytes("proposer")),
                calls(row),
                row.getBytes("description"),
                row.getLong("last_seat"),
                new Tally(
                        row.getLong("against"),
                        row.getLong("favour"),
                        row.getLong("abstaining"),
                        row.getLong("electorate"),
                        row.getLong("quorum")),
                ProposalState.valueOf(row.getString("state")),
                new Timeline(
                        time(row, "mined_at"),
                        Instant.ofEpochSecond(row.getLong("voting_from")),
                        until.minusSeconds(lockAt(block, locks)),
                        until,
                        seconds(row, "ready"),
                        row.getObject("ended_at") == null ? null : time(row, "ended_at"),
                        row.getObject("ended_block", Long.class)),
                block,
                Hash32.of(row.getBytes("tx_hash")));
    }

    /**
     * The rule when the proposal was made, which later changes do not touch; newest change first.
     */
    private static long lockAt(long block, List<RuleChange> locks) {
        return locks.stream()
                .filter(change -> change.effectiveBlock() <= block)
                .findFirst()
                .map(change -> change.current().longValueExact())
                .orElse(0L);
    }

    private static List<ProposedCall> calls(ResultSet row) throws SQLException {
        byte[][] targets = (byte[][]) row.getArray("targets").getArray();
        byte[][] calldatas = (byte[][]) row.getArray("calldatas").getArray();
        List<ProposedCall> calls = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            calls.add(new ProposedCall(Address.of(targets[i]), calldatas[i]));
        }
        return calls;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant seconds(ResultSet row, String column) throws SQLException {
        Long value = row.getObject(column, Long.class);
        return value == null ? null : Instant.ofEpochSecond(value);
    }
}
