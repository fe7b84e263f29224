package atelier.chain;

import atelier.kernel.Address;
import java.util.Arrays;

/** A row of {@code recorded.execution}, in memory. */
record ExecutionRow(int era, Executions.Execution execution, boolean isFinal) {

    boolean of(IntentRow row) {
        return execution.id().equals(row.id()) && same(execution.call(), row.call());
    }

    private static boolean same(Call one, Call other) {
        return switch (one) {
            case Call.Forward(Address signer, ContractKind to, byte[] data) ->
                    other instanceof Call.Forward that
                            && signer.equals(that.signer())
                            && to == that.to()
                            && Arrays.equals(data, that.data());
            case Call.Issue issue -> issue.equals(other);
            case Call.Direct(ContractKind to, byte[] data) ->
                    other instanceof Call.Direct that
                            && to == that.to()
                            && Arrays.equals(data, that.data());
        };
    }
}
