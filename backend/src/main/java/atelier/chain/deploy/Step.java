package atelier.chain.deploy;

import atelier.chain.ContractKind;
import java.util.function.Function;

/** One transaction of the deployment. What it sends depends on what earlier steps left. */
public sealed interface Step {

    /** Unique in the plan, and what people see while it happens. */
    String name();

    /** Whether what earlier steps created has to be there, rather than its address be known. */
    boolean needsOthers();

    /**
     * Puts a contract on the chain.
     *
     * @param needsOthers whether its constructor calls other contracts
     */
    record Create(ContractKind kind, boolean needsOthers, Function<Site, byte[]> code)
            implements Step {
        @Override
        public String name() {
            return "create " + kind.directoryName();
        }
    }

    /** Calls a contract that an earlier step created. */
    record Act(String name, ContractKind target, Function<Site, byte[]> data) implements Step {
        @Override
        public boolean needsOthers() {
            return true;
        }
    }
}
