package atelier.identity.web;

import atelier.identity.Registration;
import atelier.kernel.IdempotencyKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a page or a program sends to join; whatever is missing counts as empty. */
public record JoinForm(@Nullable String name, @Nullable String email, @Nullable String password) {

    static JoinForm empty() {
        return new JoinForm("", "", "");
    }

    Registration registration(String from, @Nullable IdempotencyKey key) {
        return new Registration(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(email, ""),
                Objects.requireNonNullElse(password, ""),
                from,
                key);
    }

    /** Says who, never how. */
    @Override
    public String toString() {
        return "JoinForm[" + name + "]";
    }
}
