package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.Intents;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import org.springframework.stereotype.Component;

/**
 * Finds an intent for the member whom it belongs to, or for an admin; for anyone else there is
 * none.
 */
@Component
class OwnIntents {

    private final Intents intents;
    private final CurrentMember current;

    OwnIntents(Intents intents, CurrentMember current) {
        this.intents = intents;
        this.current = current;
    }

    Intent find(String id) {
        return intents.find(parse(id)).filter(this::mayBeSeen).orElseThrow(OwnIntents::unknown);
    }

    private boolean mayBeSeen(Intent intent) {
        return current.is("ADMIN") || current.require().equals(intent.owner());
    }

    private static IntentId parse(String id) {
        try {
            return IntentId.parse(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return Refused.notFound("intent.unknown");
    }
}
