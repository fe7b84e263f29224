package atelier.governance;

import static atelier.chain.ContractKind.COUNCIL;

import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;

/** Writes down what the Council said: proposals, what became of them, and every ballot. */
@Component
@Order(410)
class CouncilProjection implements Projection {

    // A seat that was moved during a vote has one vote, whoever cast it: ballots are kept by seat.
    private static final String BALLOTS =
            """
            insert into derived.ballot (proposal, voter, seat, choice, refusal, block_number,
                log_index, tx_hash)
            select said.proposal, said.voter,
                   coalesce((select s.seat from derived.seat_change s
                             where s.account = said.voter and s.change in ('taken', 'moved')
                               and (s.block_number, s.log_index)
                                   < (said.block_number, said.log_index)
                             order by s.block_number desc, s.log_index desc limit 1), 0),
                   said.choice, said.refusal, said.block_number, said.log_index, said.tx_hash
            from (select case topic0 when :ballotRefused then derived.topic_uint(topic1)
                                     else derived.uint(data, 0) end as proposal,
                         derived.topic_addr(
                             case topic0 when :ballotRefused then topic2 else topic1 end) as voter,
                         case topic0 when :ballotRefused then null
                                     else derived.uint(data, 1) end as choice,
                         case topic0 when :ballotRefused then derived.uint(data, 1) end as refusal,
                         block_number, log_index, tx_hash
                  from derived.log
                  where canonical and block_number between :from and :to
                    and contract = 'Council'
                    and topic0 in (:voteCast, :voteCastWithParams, :ballotRefused)) said
            """;

    // The first words say whose and until when, wherever the event has them.
    private static final String STEPS =
            """
            insert into derived.proposal_step (proposal, step, moment, block_number, log_index,
                tx_hash)
            select case topic0 when :extended then derived.topic_uint(topic1)
                               else derived.uint(data, 0) end,
                   case topic0 when :extended then 'extended' when :queued then 'queued'
                               when :executed then 'executed' else 'canceled' end,
                   case topic0 when :extended then derived.uint(data, 0)
                               when :queued then derived.uint(data, 1) end,
                   block_number, log_index, tx_hash
            from derived.log
            where canonical and block_number between :from and :to and contract = 'Council'
              and topic0 in (:extended, :queued, :executed, :canceled)
            """;

    // Whatever waits in the timelock anyone may execute there; the Council says nothing then.
    private static final String DONE_BY_THE_TIMELOCK =
            """
            insert into derived.proposal_step (proposal, step, block_number, log_index, tx_hash)
            select p.id, 'executed', done.block_number, done.log_index, done.tx_hash
            from derived.log done
            join derived.proposal p on p.canonical and p.operation = done.topic1
            where done.canonical and done.block_number between :from and :to
              and done.contract = 'Timelock' and done.topic0 = :callExecuted
              and derived.topic_uint(done.topic2) = 0
              and not exists (select 1 from derived.log said
                  where said.tx_hash = done.tx_hash and said.canonical
                    and said.contract = 'Council' and said.topic0 = :executed)
            """;

    private static final Map<String, byte[]> NAMES =
            Map.of(
                    "ballotRefused", Topics.BALLOT_REFUSED.bytes(),
                    "voteCast", Topics.VOTE_CAST.bytes(),
                    "voteCastWithParams", Topics.VOTE_CAST_WITH_PARAMS.bytes(),
                    "extended", Topics.PROPOSAL_EXTENDED.bytes(),
                    "queued", Topics.PROPOSAL_QUEUED.bytes(),
                    "executed", Topics.PROPOSAL_EXECUTED.bytes(),
                    "canceled", Topics.PROPOSAL_CANCELED.bytes(),
                    "callExecuted", Topics.CALL_EXECUTED.bytes());

    private static final List<TypeReference<?>> PROPOSAL =
            List.of(
                    new TypeReference<Uint256>() {},
                    new TypeReference<org.web3j.abi.datatypes.Address>() {},
                    new TypeReference<DynamicArray<org.web3j.abi.datatypes.Address>>() {},
                    new TypeReference<DynamicArray<Uint256>>() {},
                    new TypeReference<DynamicArray<DynamicBytes>>() {},
                    new TypeReference<DynamicArray<DynamicBytes>>() {},
                    new TypeReference<Uint256>() {},
                    new TypeReference<Uint256>() {},
                    new TypeReference<DynamicBytes>() {});

    private static final List<String> TABLES = List.of("proposal", "proposal_step", "ballot");

    private final JdbcClient jdbc;

    CouncilProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(ContractLogs logs) {
        logs.of(COUNCIL, Topics.PROPOSAL_CREATED).forEach(log -> propose(log, logs));
        if (logs.logs().stream().anyMatch(log -> log.contract() == COUNCIL)) {
            change(BALLOTS, logs);
            change(STEPS, logs);
        }
        if (logs.sayAny(Set.of(Topics.CALL_EXECUTED))) {
            change(DONE_BY_THE_TIMELOCK, logs);
        }
    }

    private void change(String insert, ContractLogs logs) {
        Map<String, byte[]> named = new HashMap<>(NAMES);
        named.keySet().removeIf(name -> !insert.contains(":" + name));
        jdbc.sql(insert).params(named).param("from", logs.from()).param("to", logs.to()).update();
    }

    @SuppressWarnings("rawtypes") // web3j hands its types out without their parameters
    private void propose(ContractLog log, ContractLogs logs) {
        List<Type> said = decode(log.data());
        BigInteger id = (BigInteger) said.get(0).getValue();
        Motion motion = motion(said);
        ContractLog fixed = electorate(id, logs);
        jdbc.sql(
                        """
                        insert into derived.proposal (id, proposer, targets, calldatas, description,
                            operation, voting_from, voting_until, last_seat, electorate, quorum,
                            block_number, log_index, tx_hash)
                        values (:id, :proposer, :targets, :calldatas, :description, :operation,
                            :votingFrom, :votingUntil, :lastSeat, :electorate, :quorum,
                            :block, :index, :tx)
                        """)
                .param("id", id)
                .param("proposer", Address.parse(said.get(1).toString()).bytes())
                .param(
                        "targets",
                        motion.calls().stream()
                                .map(call -> call.target().bytes())
                                .toArray(byte[][]::new))
                .param("calldatas", motion.payloads().toArray(byte[][]::new))
                .param("description", motion.description())
                .param("operation", motion.operation(saidBy(log)).bytes())
                .param("votingFrom", said.get(6).getValue())
                .param("votingUntil", said.get(7).getValue())
                .param("lastSeat", fixed.number(0))
                .param("electorate", fixed.number(1))
                .param("quorum", fixed.number(2))
                .param("block", log.block())
                .param("index", log.index())
                .param("tx", log.tx().bytes())
                .update();
    }

    private Address saidBy(ContractLog log) {
        return jdbc.sql(
                        """
                        select address from derived.log
                        where canonical and block_number = :block and log_index = :index
                        """)
                .param("block", log.block())
                .param("index", log.index())
                .query((row, _) -> Address.of(row.getBytes("address")))
                .single();
    }

    @SuppressWarnings("rawtypes") // web3j hands its types out without their parameters
    private static Motion motion(List<Type> said) {
        List<?> targets = (List<?>) said.get(2).getValue();
        List<?> calldatas = (List<?>) said.get(5).getValue();
        List<ProposedCall> calls = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            calls.add(
                    new ProposedCall(
                            Address.parse(targets.get(i).toString()),
                            ((DynamicBytes) calldatas.get(i)).getValue()));
        }
        return new Motion(calls, ((DynamicBytes) said.get(8)).getValue());
    }

    /** The Council says both in one transaction. */
    private static ContractLog electorate(BigInteger id, ContractLogs logs) {
        return logs.of(COUNCIL, Topics.ELECTORATE_FIXED).stream()
                .filter(log -> log.numberTopic(1).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No electorate was fixed for " + id));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // web3j takes its types without their parameters
    private static List<Type> decode(byte[] data) {
        return FunctionReturnDecoder.decode(Bytes.hex(data), (List) PROPOSAL);
    }

    @Override
    public void revert(long fromBlock) {
        for (String table : TABLES) {
            jdbc.sql(
                            "update derived.%s set canonical = false where canonical and block_number >= :from"
                                    .formatted(table))
                    .param("from", fromBlock)
                    .update();
        }
    }
}
