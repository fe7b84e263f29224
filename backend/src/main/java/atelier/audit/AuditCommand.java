package atelier.audit;

import atelier.chain.ChainHistory;
import java.io.PrintStream;
import java.time.Duration;

/**
 * {@code audit --rpc URL --directory ADDRESS [--epoch N]} at the terminal. Exits 0 if all is as
 * rules and statements say, 1 with the first difference if not, 2 if that could not be found out.
 */
@SuppressWarnings("SystemOut")
public final class AuditCommand {

    /** The first argument that means this command. */
    public static final String NAME = "audit";

    private static final int AGREES = 0;
    private static final int DIFFERS = 1;
    private static final int UNKNOWN = 2;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private AuditCommand() {}

    /**
     * Does what the arguments say.
     *
     * @param arguments {@code audit} and its options
     * @return the exit code
     */
    public static int run(String... arguments) {
        return run(System.out, System.err, arguments);
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            AuditOptions options = AuditOptions.parse(arguments);
            try (ChainHistory history = ChainHistory.at(options.rpc(), LONGEST_ANSWER)) {
                return new Audit(history, options).print(out) ? AGREES : DIFFERS;
            }
        } catch (AuditOptions.Wrong | Audit.Impossible | ChainHistory.Unreadable e) {
            err.println(e.getMessage());
        } catch (ChainHistory.Contradictory e) {
            out.println(
                    "The node contradicts itself: %s. Unless the chain was just reorganised, ask another."
                            .formatted(e.getMessage()));
            return DIFFERS;
        }
        return UNKNOWN;
    }
}
