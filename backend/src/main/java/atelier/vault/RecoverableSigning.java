package atelier.vault;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * libsecp256k1's recoverable signatures, asked of the library that its Java binding has loaded. The
 * binding leaves them out, and finding the recovery id by trial takes several times as long as
 * signing.
 */
final class RecoverableSigning {

    private static final int CONTEXT_NONE = 1;
    private static final int SEED = 32;
    private static final int OPAQUE = 65; // sizeof(secp256k1_ecdsa_recoverable_signature)
    private static final int COMPACT = 64;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;

    private final MethodHandle sign;
    private final MethodHandle serialize;
    private final MemorySegment context;

    private RecoverableSigning(MethodHandle sign, MethodHandle serialize, MemorySegment context) {
        this.sign = sign;
        this.serialize = serialize;
        this.context = context;
    }

    /** Where the binding has loaded a library that shows these functions. */
    static Optional<RecoverableSigning> find() {
        SymbolLookup library = SymbolLookup.loaderLookup();
        if (library.find("secp256k1_ecdsa_sign_recoverable").isEmpty()) {
            return Optional.empty();
        }
        MethodHandle sign =
                function(
                        library,
                        "secp256k1_ecdsa_sign_recoverable",
                        FunctionDescriptor.of(
                                INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));
        MethodHandle serialize =
                function(
                        library,
                        "secp256k1_ecdsa_recoverable_signature_serialize_compact",
                        FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER));
        return Optional.of(new RecoverableSigning(sign, serialize, context(library)));
    }

    /** Made once and then only read, so that all threads may use it. */
    private static MemorySegment context(SymbolLookup library) {
        MethodHandle create =
                function(library, "secp256k1_context_create", FunctionDescriptor.of(POINTER, INT));
        MethodHandle randomize =
                function(
                        library,
                        "secp256k1_context_randomize",
                        FunctionDescriptor.of(INT, POINTER, POINTER));
        byte[] seed = new byte[SEED];
        new SecureRandom().nextBytes(seed);
        try {
            MemorySegment context = (MemorySegment) create.invokeExact(CONTEXT_NONE);
            require((int) randomize.invokeExact(context, MemorySegment.ofArray(seed)));
            return context;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Arrays are handed over where they lie: no copy of a secret is left outside the heap. */
    @SuppressWarnings("restricted")
    private static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                library.findOrThrow(name), descriptor, Linker.Option.critical(true));
    }

    /** Signs a 32-byte digest with a 32-byte secret as {@link Curve#sign} says. */
    Signature sign(byte[] secret, byte[] digest) {
        MemorySegment opaque = MemorySegment.ofArray(new byte[OPAQUE]);
        byte[] rsv = new byte[Signature.LENGTH];
        int[] recoveryId = new int[1];
        try {
            require(
                    (int)
                            sign.invokeExact(
                                    context,
                                    opaque,
                                    MemorySegment.ofArray(digest),
                                    MemorySegment.ofArray(secret),
                                    MemorySegment.NULL,
                                    MemorySegment.NULL));
            require(
                    (int)
                            serialize.invokeExact(
                                    context,
                                    MemorySegment.ofArray(rsv),
                                    MemorySegment.ofArray(recoveryId),
                                    opaque));
        } catch (Throwable e) {
            throw failed(e);
        }
        rsv[COMPACT] = (byte) (27 + recoveryId[0]);
        return new Signature(rsv);
    }

    private static void require(int success) {
        if (success != 1) {
            throw new IllegalStateException("libsecp256k1 refuses");
        }
    }

    /** Handles declare whatever may be thrown; C throws nothing. */
    private static RuntimeException failed(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
