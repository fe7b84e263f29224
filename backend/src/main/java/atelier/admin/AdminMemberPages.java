package atelier.admin;

import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import atelier.web.Notice;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Members, found by name, and the roles they are given. */
@Controller
class AdminMemberPages {

    private static final int MOST = 100;
    private static final List<Role> GIVEN = List.of(Role.SUPPLIER, Role.ADMIN, Role.AUDITOR);

    private final Members members;
    private final Appointments appointments;
    private final CurrentMember current;

    AdminMemberPages(Members members, Appointments appointments, CurrentMember current) {
        this.members = members;
        this.appointments = appointments;
        this.current = current;
    }

    @GetMapping("/admin/members")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String members(@RequestParam(defaultValue = "") String q, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("members", members.search(q, MOST));
        model.addAttribute("roles", GIVEN);
        model.addAttribute("mayAppoint", current.is("ADMIN"));
        return "admin/members";
    }

    @PostMapping("/admin/members/{id}/roles")
    @RolesAllowed("ADMIN")
    String appoint(
            @PathVariable UUID id,
            @RequestParam String role,
            @RequestParam(defaultValue = "") String q,
            RedirectAttributes redirect) {
        return change(
                () -> appointments.appoint(new MemberId(id), role(role)),
                "admin.members.appointed",
                q,
                redirect);
    }

    @PostMapping("/admin/members/{id}/roles/dismissal")
    @RolesAllowed("ADMIN")
    String dismiss(
            @PathVariable UUID id,
            @RequestParam String role,
            @RequestParam(defaultValue = "") String q,
            RedirectAttributes redirect) {
        return change(
                () -> appointments.dismiss(current.require(), new MemberId(id), role(role)),
                "admin.members.dismissed",
                q,
                redirect);
    }

    private static String change(
            Runnable change, String done, String q, RedirectAttributes redirect) {
        try {
            change.run();
            redirect.addFlashAttribute("notice", Notice.done(done));
        } catch (Refused refused) {
            redirect.addFlashAttribute(
                    "notice", Notice.failed("problem." + refused.code() + ".title"));
        }
        redirect.addAttribute("q", q);
        return "redirect:/admin/members";
    }

    private static Role role(String name) {
        return GIVEN.stream()
                .filter(role -> role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refused.invalid("admin.role"));
    }
}
