package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.vault.Signature;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Signed ballots: rows of {@code recorded.ballot}, those for the present contract. */
@Repository
class BallotRows {

    private static final String SELECT =
            """
            select * from recorded.ballot
            where chain_id = :chainId and contract = :contract
            """;

    private final JdbcClient jdbc;
    private final Contracts contracts;

    BallotRows(JdbcClient jdbc, Contracts contracts) {
        this.jdbc = jdbc;
        this.contracts = contracts;
    }

    /** A ballot that an earlier request with this key made, with that request's hash. */
    record Made(SignedBallot ballot, Hash32 requestHash) {}

    /** Serialises what one voter signs for one proposal, until the transaction ends. */
    void lock(ProposalId proposal, Address voter) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "ballot:" + proposal + voter)
                .query((row, _) -> 0)
                .single();
    }

    void add(SignedBallot ballot, @Nullable IdempotencyKey key, Hash32 requestHash, Instant now) {
        jdbc.sql(
                        """
                        insert into recorded.ballot (chain_id, contract, proposal, voter, member,
                            choice, ballot_number, signature, idempotency_key, request_hash,
                            signed_at)
                        values (:chainId, :contract, :proposal, :voter, :member, :choice,
                            :number, :signature, :key, :requestHash, :now)
                        """)
                .param("chainId", contracts.chainId())
                .param("contract", contract())
                .param("proposal", ballot.proposal().number())
                .param("voter", ballot.voter().bytes())
                .param("member", id(ballot.member()))
                .param("choice", ballot.choice().number())
                .param("number", ballot.number())
                .param("signature", ballot.signature().rsv())
                .param("key", key == null ? null : key.value())
                .param("requestHash", requestHash.bytes())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Made> madeBy(MemberId member, IdempotencyKey key) {
        return jdbc.sql(
                        """
                        select * from recorded.ballot
                        where member = :member and idempotency_key = :key
                        """)
                .param("member", member.id())
                .param("key", key.value())
                .query((row, i) ->
                        new Made(ballot(row, i), Hash32.of(row.getBytes("request_hash"))))
                .optional();
    }

    /** The ballot with the highest number that a voter signed for a proposal. */
    Optional<SignedBallot> newest(ProposalId proposal, Address voter) {
        return jdbc.sql(
                        SELECT
                                + """
                                 and proposal = :proposal and voter = :voter
                                order by ballot_number desc limit 1
                                """)
                .param("chainId", contracts.chainId())
                .param("contract", contract())
                .param("proposal", proposal.number())
                .param("voter", voter.bytes())
                .query(BallotRows::ballot)
                .optional();
    }

    /** Proposals that ballots wait for. */
    List<ProposalId> waiting() {
        return jdbc.sql(
                        """
                        select distinct proposal from recorded.ballot
                        where batch is null and chain_id = :chainId and contract = :contract
                        """)
                .param("chainId", contracts.chainId())
                .param("contract", contract())
                .query((row, _) ->
                        new ProposalId(row.getBigDecimal("proposal").toBigIntegerExact()))
                .list();
    }

    /**
     * The oldest waiting ballots on a proposal; nobody else gets them until the transaction ends.
     */
    List<Waiting> take(ProposalId proposal, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                                 and proposal = :proposal and batch is null
                                order by number limit :limit for update skip locked
                                """)
                .param("chainId", contracts.chainId())
                .param("contract", contract())
                .param("proposal", proposal.number())
                .param("limit", limit)
                .query((row, i) -> new Waiting(row.getLong("number"), ballot(row, i)))
                .list();
    }

    /** A ballot under its row's number. */
    record Waiting(long row, SignedBallot ballot) {}

    void send(Collection<Long> rows, IntentId batch) {
        jdbc.sql("update recorded.ballot set batch = :batch where number = any (:rows)")
                .param("batch", batch.hash().bytes())
                .param("rows", rows.toArray(Long[]::new))
                .update();
    }

    private byte[] contract() {
        return contracts.address(ContractKind.COUNCIL).bytes();
    }

    private static SignedBallot ballot(ResultSet row, int number) throws SQLException {
        UUID member = row.getObject("member", UUID.class);
        byte[] batch = row.getBytes("batch");
        return new SignedBallot(
                new ProposalId(row.getBigDecimal("proposal").toBigIntegerExact()),
                Address.of(row.getBytes("voter")),
                member == null ? null : new MemberId(member),
                Vote.ofNumber(row.getInt("choice")),
                row.getInt("ballot_number"),
                new Signature(row.getBytes("signature")),
                batch == null ? null : new IntentId(Hash32.of(batch)));
    }

    private static @Nullable UUID id(@Nullable MemberId member) {
        return member == null ? null : member.id();
    }
}
