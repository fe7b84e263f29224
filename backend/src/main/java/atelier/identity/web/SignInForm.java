package atelier.identity.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a page or a program sends to sign in.
 *
 * @param then the page to go to afterwards
 */
public record SignInForm(@Nullable String email, @Nullable String password, @Nullable String then) {

    static SignInForm to(@Nullable String then) {
        return new SignInForm("", "", then);
    }

    String emailOrEmpty() {
        return Objects.requireNonNullElse(email, "");
    }

    String passwordOrEmpty() {
        return Objects.requireNonNullElse(password, "");
    }

    String thenOrHome() {
        return Objects.requireNonNullElse(then, "/");
    }

    /** Neither who nor how. */
    @Override
    public String toString() {
        return "SignInForm[]";
    }
}
