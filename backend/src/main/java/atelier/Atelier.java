package atelier;

import atelier.chain.MirrorCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application: one process that serves pages and REST, sends intents and mirrors the chain; or,
 * with {@code mirror} as the first argument, a command about the mirror.
 */
@SpringBootApplication
public class Atelier {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(MirrorCommand.NAME)) {
            System.exit(MirrorCommand.run(args));
        }
        SpringApplication.run(Atelier.class, args);
    }
}
