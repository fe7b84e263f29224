package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * One thing to do on the chain, once.
 *
 * @param owner who may watch it; none for what the platform does by itself
 * @param kind what it is, such as {@code workshop.make}; its words are {@code intent.kind.<kind>}
 * @param businessKey what it is for; kind and business key together happen once, so a new try after
 *     a failure needs a business key of its own
 * @param key the caller's name for the request, one per owner
 * @param requestHash of everything the caller asked; the same key with another hash is refused
 * @param deadline when it is no longer wanted if it has not left by then
 * @param resultPath where the result will be seen, such as {@code /works/7}
 * @param held points of the signer that nothing else may spend while this is on its way; whoever
 *     names them has seen under a lock that they are there
 */
public record IntentRequest(
        @Nullable MemberId owner,
        String kind,
        String businessKey,
        Call call,
        @Nullable IdempotencyKey key,
        Hash32 requestHash,
        Instant deadline,
        @Nullable String resultPath,
        @Nullable TokenAmount held) {

    public IntentRequest(
            @Nullable MemberId owner,
            String kind,
            String businessKey,
            Call call,
            @Nullable IdempotencyKey key,
            Hash32 requestHash,
            Instant deadline,
            @Nullable String resultPath) {
        this(owner, kind, businessKey, call, key, requestHash, deadline, resultPath, null);
    }

    public IntentRequest {
        if (owner == null && call instanceof Call.Forward) {
            throw new IllegalArgumentException("A forwarded call has an owner, whose key signs it");
        }
    }

    /** Hashes what a caller asked, part by part, for {@link #requestHash}. */
    public static Hash32 hashOf(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String value = part.toString();
            text.append(value.length()).append(':').append(value);
        }
        return Hash32.of(Hash.sha3(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
