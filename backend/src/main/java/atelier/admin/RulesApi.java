package atelier.admin;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigInteger;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Rules changed by a program: numbers in the rules' own units, all or none. */
@RestController("adminRulesApi")
class RulesApi {

    /** Something accepted, and where to watch it. */
    record Accepted(String intent, String kind, String href) {}

    private final Rules rules;
    private final Members members;
    private final CurrentMember current;

    RulesApi(Rules rules, Members members, CurrentMember current) {
        this.rules = rules;
        this.members = members;
        this.current = current;
    }

    /** The body maps rules to numbers, such as {@code {"trading-fee": 600}}. */
    @PutMapping("/api/v1/rules")
    @RolesAllowed("ADMIN")
    ResponseEntity<Accepted> set(@RequestBody Map<String, BigInteger> wished, IdempotencyKey key) {
        Member admin =
                members.find(current.require())
                        .orElseThrow(() -> Refused.notFound("member.unknown"));
        Intent intent = rules.set(admin.id(), admin.account(), named(wished), key);
        String href = "/api/v1/intents/" + intent.id();
        return ResponseEntity.accepted()
                .location(URI.create(href))
                .body(new Accepted(intent.id().toString(), intent.kind(), href));
    }

    private static Map<Rule, BigInteger> named(Map<String, BigInteger> wished) {
        Map<Rule, BigInteger> values = new EnumMap<>(Rule.class);
        wished.forEach((key, value) -> values.put(rule(key), value));
        return values;
    }

    private static Rule rule(String key) {
        try {
            return Rule.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("rules.unknown");
        }
    }
}
