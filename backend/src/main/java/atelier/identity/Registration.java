package atelier.identity;

import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes to join.
 *
 * @param name 1 to {@value #NAME_MAXIMUM} characters that can be seen
 * @param password at least {@value #PASSWORD_MINIMUM} characters
 * @param from the network address it came from, for the throttle; null from inside
 * @param key what the sender named it by, if at all
 */
public record Registration(
        String name,
        String email,
        String password,
        @Nullable String from,
        @Nullable IdempotencyKey key) {

    public static final int NAME_MAXIMUM = 40;
    public static final int PASSWORD_MINIMUM = 10;
    public static final int PASSWORD_MAXIMUM = 200;

    public Registration {
        name = Normalizer.normalize(name, Form.NFC).strip();
        requireName(name);
        email = Email.parse(email).address();
        requirePassword(password);
    }

    /** From inside: a seed, a console. */
    public Registration(String name, String email, String password) {
        this(name, email, password, null, null);
    }

    private static void requireName(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 1
                || length > NAME_MAXIMUM
                || !name.codePoints().allMatch(Registration::shows)) {
            throw Refused.invalid("member.name", NAME_MAXIMUM);
        }
    }

    /** Letters, marks, figures, signs and the plain space; nothing that turns or hides text. */
    private static boolean shows(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static void requirePassword(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < PASSWORD_MINIMUM || length > PASSWORD_MAXIMUM) {
            throw Refused.invalid("member.password", PASSWORD_MINIMUM, PASSWORD_MAXIMUM);
        }
    }

    /** Says who, never how. */
    @Override
    public String toString() {
        return "Registration[" + name + "]";
    }
}
