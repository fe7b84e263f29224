package atelier.vault;

import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What the vault's keys may sign: only types that a module named for a domain, contract and chain
 * included.
 */
@Component
class SigningPolicy {

    private final Map<TypedDomain, Set<String>> trusted = new ConcurrentHashMap<>();

    void trust(TypedDomain domain, Set<String> primaryTypes) {
        trusted.merge(domain, Set.copyOf(primaryTypes), SigningPolicy::union);
    }

    void require(TypedData data) {
        if (!trusted.getOrDefault(data.domain(), Set.of()).contains(data.primaryType())) {
            throw new Refused(Reason.FORBIDDEN, "vault.untrusted", data.primaryType());
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }
}
