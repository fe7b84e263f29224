package atelier.vault;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM under one key. A sealed text is {@code nonce (12) ‖ ciphertext ‖ tag (16)} and opens
 * only with the same context that it was sealed with.
 */
final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;

    Seal(SecretKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    byte[] close(byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, plain, context);
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return whole;
    }

    /**
     * Opens what {@link #close} sealed.
     *
     * @throws BrokenSeal if the key, the context or a single bit differs
     */
    byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length <= NONCE) {
            throw new BrokenSeal();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE);
        return run(
                Cipher.DECRYPT_MODE,
                nonce,
                Arrays.copyOfRange(sealed, NONCE, sealed.length),
                context);
    }

    private byte[] run(int mode, byte[] nonce, byte[] text, byte[] context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(text);
        } catch (AEADBadTagException e) {
            throw new BrokenSeal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had from this JDK", e);
        }
    }

    /** What was sealed does not open; says nothing of what was inside. */
    static final class BrokenSeal extends RuntimeException {
        BrokenSeal() {
            super("A seal in the vault does not open");
        }
    }
}
