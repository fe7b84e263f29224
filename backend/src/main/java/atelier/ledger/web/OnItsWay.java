package atelier.ledger.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import java.time.Instant;

/**
 * Something of the member's that is not final yet.
 *
 * @param state {@code w} on its way, {@code b} in a block
 */
record OnItsWay(String id, String kind, String state, Instant at) {

    static OnItsWay of(Intent intent) {
        return new OnItsWay(
                intent.id().toString(),
                intent.kind(),
                intent.state() instanceof IntentState.InBlock ? "b" : "w",
                intent.created());
    }
}
