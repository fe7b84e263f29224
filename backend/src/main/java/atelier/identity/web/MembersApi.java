package atelier.identity.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Members, for programs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Members")
class MembersApi {

    private final Members members;
    private final CurrentMember currentMember;

    MembersApi(Members members, CurrentMember currentMember) {
        this.members = members;
        this.currentMember = currentMember;
    }

    @PermitAll
    @PostMapping("/members")
    @Operation(
            summary = "Join",
            description =
                    "Sending the same again answers with the same member. An e-mail address that is"
                            + " taken is answered as a sign-in with this password would be.")
    ResponseEntity<MemberView> join(
            @RequestBody JoinForm form, @Nullable IdempotencyKey key, HttpServletRequest request) {
        Member member = members.register(form.registration(request.getRemoteAddr(), key));
        return ResponseEntity.created(URI.create("/api/v1/members/" + member.id()))
                .body(MemberView.of(member));
    }

    @PermitAll
    @GetMapping("/members/{id}")
    @Operation(summary = "A member's public face")
    MemberView member(@PathVariable UUID id) {
        return view(new MemberId(id));
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/me")
    @Operation(summary = "Who I am")
    MemberView me() {
        return view(currentMember.require());
    }

    private MemberView view(MemberId id) {
        return members.find(id)
                .map(MemberView::of)
                .orElseThrow(() -> Refused.notFound("member.unknown"));
    }
}
