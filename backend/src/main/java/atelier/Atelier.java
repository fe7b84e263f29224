package atelier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: one process that serves pages and REST, sends intents and mirrors the chain. */
@SpringBootApplication
public class Atelier {

    public static void main(String[] args) {
        SpringApplication.run(Atelier.class, args);
    }
}
