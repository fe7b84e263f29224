package atelier.market.web;

import atelier.chain.Intent;
import atelier.kernel.IntentId;

/** Something accepted, and where to watch it. */
record IntentView(String intent, String href) {

    static IntentView of(Intent intent) {
        return new IntentView(intent.id().toString(), href(intent.id()));
    }

    static String href(IntentId intent) {
        return "/api/v1/intents/" + intent;
    }
}
