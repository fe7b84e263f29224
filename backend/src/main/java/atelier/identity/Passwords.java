package atelier.identity;

import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with 64 MiB, three passes and one lane, two at a time: whoever sends a hundred passwords
 * at once waits, and the memory of the machine does not.
 */
@Component
class Passwords {

    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 64 * 1024;
    private static final int PASSES = 3;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT, HASH, LANES, MEMORY_KIB, PASSES);
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final String nobodys = nobodys();

    String hash(String password) {
        return inTurn(() -> argon2.encode(composed(password)));
    }

    boolean matches(String password, String hash) {
        return inTurn(() -> argon2.matches(composed(password), hash));
    }

    /** Takes as long as {@link #matches} for an account that does not exist. */
    void pretend(String password) {
        matches(password, nobodys);
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!enter()) {
            throw new Refused(Reason.TOO_MANY, "sign-in.busy");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private boolean enter() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same letters typed on another keyboard are the same password. */
    private static String composed(String password) {
        return Normalizer.normalize(password, Form.NFC);
    }

    /** A hash of the same cost that no password has. */
    private static String nobodys() {
        SecureRandom random = new SecureRandom();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, text(random, SALT), text(random, HASH));
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
