package atelier;

import atelier.audit.AuditCommand;
import atelier.chain.MirrorCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application: one process that serves pages and REST, sends intents and mirrors the chain; or,
 * with {@code mirror} or {@code audit} as the first argument, a command about the mirror or the
 * chain.
 */
@SpringBootApplication
public class Atelier {

    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case MirrorCommand.NAME -> System.exit(MirrorCommand.run(args));
            case AuditCommand.NAME -> System.exit(AuditCommand.run(args));
            default -> SpringApplication.run(Atelier.class, args);
        }
    }
}
