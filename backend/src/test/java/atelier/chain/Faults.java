package atelier.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What goes wrong between a commit and the network, as a test wants it. */
class Faults {

    private final List<byte[]> seen = Collections.synchronizedList(new ArrayList<>());

    /** No faults: everything is handed on. */
    static Faults none() {
        return new Faults();
    }

    final void broadcast(byte[] raw, Broadcaster next) {
        seen.add(raw);
        hand(raw, next);
    }

    /** Everything that was to be sent, in order. */
    final List<byte[]> seen() {
        return List.copyOf(seen);
    }

    protected void hand(byte[] raw, Broadcaster next) {
        next.send(raw);
    }
}
