package atelier.audit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.profit.Line;
import atelier.profit.Statement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * A statement as the chain's events make it, with what the chain should have been told of it.
 *
 * @param text the SHA-256 of its text
 * @param totals all shares so far of every account that has one
 */
record Made(Statement statement, Hash32 root, Hash32 text, Map<Address, TokenAmount> totals) {

    static Made of(Statement statement) {
        Map<Address, TokenAmount> totals = new HashMap<>();
        for (Line line : statement.lines()) {
            totals.put(line.account(), line.total());
        }
        return new Made(
                statement, statement.tree().root(), sha256(statement.text()), Map.copyOf(totals));
    }

    long epoch() {
        return statement.epoch().number();
    }

    private static Hash32 sha256(byte[] text) {
        try {
            return Hash32.of(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
