package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Errands;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The door to what was decided and waits in the timelock. What operators proposed is carried out
 * from here once it has waited; anyone else may do it, too. What was voted for goes through the
 * Council.
 */
@Component
public class Operations {

    private static final String EXECUTE = "governance.execute";
    private static final int AT_ONCE = 50;
    private static final int SELECTOR = 4;

    private final OperationRows rows;
    private final Contracts contracts;
    private final Errands errands;
    private final CouncilClock chain;

    Operations(OperationRows rows, Contracts contracts, Errands errands, CouncilClock chain) {
        this.rows = rows;
        this.contracts = contracts;
        this.errands = errands;
        this.chain = chain;
    }

    /** What waits, and what waited, the newest first. */
    public List<Operation> newest(int limit) {
        return rows.newest(limit);
    }

    /** One of them; the last where the same was scheduled again. */
    public Optional<Operation> find(Hash32 id) {
        return rows.find(id);
    }

    /** What one of its calls is; nothing for one that we have no word for. */
    public Optional<Duty> duty(Operation.Step step) {
        byte[] selector = Arrays.copyOf(step.data(), SELECTOR);
        return Optional.ofNullable(contracts.kinds().get(step.target()))
                .flatMap(kind -> Duty.of(kind, selector));
    }

    /** Why it could not be carried out the last time that it was tried. */
    public Optional<Refused> trouble(Operation operation) {
        return errands.trouble(EXECUTE, subject(operation));
    }

    /** Sends what has waited long enough. */
    void carryOut() {
        if (contracts.deployed()) {
            rows.ready(chain.now(), AT_ONCE).forEach(this::send);
        }
    }

    private void send(Operation operation) {
        errands.send(
                new Errands.Errand(EXECUTE, subject(operation), null, "/council/ratchet"),
                () -> new Call.Direct(ContractKind.TIMELOCK, execution(operation)));
    }

    /** Scheduled again in another block, the same operation is to be carried out again. */
    private static String subject(Operation operation) {
        return operation.id() + "@" + operation.block();
    }

    private byte[] execution(Operation operation) {
        List<Operation.Step> steps = operation.steps();
        return Bytes.parse(
                contracts
                        .timelock()
                        .executeBatch(
                                steps.stream().map(step -> step.target().toString()).toList(),
                                steps.stream().map(Operation.Step::value).toList(),
                                steps.stream().map(Operation.Step::data).toList(),
                                operation.predecessor().bytes(),
                                operation.salt().bytes(),
                                BigInteger.ZERO)
                        .encodeFunctionCall());
    }
}
