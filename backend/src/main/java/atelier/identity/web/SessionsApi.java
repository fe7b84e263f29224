package atelier.identity.web;

import atelier.identity.ApiTokens;
import atelier.identity.ApiTokens.Issued;
import atelier.identity.SignIn;
import atelier.kernel.MemberId;
import atelier.web.MemberSession;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, for programs. */
@RestController
@RequestMapping("/api/v1/sessions")
@Tag(name = "Sessions")
class SessionsApi {

    private static final String BEARER = "Bearer ";

    private final SignIn signIn;
    private final ApiTokens tokens;
    private final MemberSession session;

    SessionsApi(SignIn signIn, ApiTokens tokens, MemberSession session) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.session = session;
    }

    @PermitAll
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Sign in",
            description = "The token is shown this once; send it as Authorization: Bearer.")
    Issued open(@RequestBody SignInForm form, HttpServletRequest request) {
        MemberId member =
                signIn.byPassword(
                        form.emailOrEmpty(), form.passwordOrEmpty(), request.getRemoteAddr());
        return tokens.issue(member);
    }

    @RolesAllowed("MEMBER")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out", description = "Ends the token, or the session, it comes with.")
    void close(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String header,
            HttpServletRequest request) {
        if (header == null) {
            session.close(request);
        } else {
            tokens.revoke(header.substring(BEARER.length()).strip());
        }
    }
}
