package atelier.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret that everything in the vault hangs on: {@value #LENGTH} random bytes in a file of mode
 * 0600, written as one line of hexadecimal so that it can be kept on paper.
 */
final class RootSecret {

    static final int LENGTH = 32;

    private static final Set<PosixFilePermission> FOREIGN =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    private final byte[] bytes;

    private RootSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads the file, or makes it if there is none. */
    static RootSecret readOrCreate(Path file, SecureRandom random) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            create(file, random);
        }
        return read(file);
    }

    /**
     * Reads the file.
     *
     * @throws RootSecretRefused if it is missing, malformed, or open to others than its owner
     */
    static RootSecret read(Path file) {
        try {
            requireOwnerOnly(file);
            return parse(file, Files.readString(file, US_ASCII).strip());
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The key that wraps data keys, derived with HKDF-SHA256 for this one purpose. */
    SecretKey wrappingKey() {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(bytes)
                                    .addSalt("atelier".getBytes(US_ASCII))
                                    .thenExpand("vault/data-key/1".getBytes(US_ASCII), LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is not to be had from this JDK", e);
        }
    }

    private static RootSecret parse(Path file, String hex) {
        if (!hex.matches("[0-9a-fA-F]{" + 2 * LENGTH + "}")) {
            throw new RootSecretRefused(
                    "The root secret in %s is not %d hexadecimal digits, but %d characters."
                            .formatted(file, 2 * LENGTH, hex.length()),
                    "Put the file back from your backup as it was. Without it no key in the vault"
                            + " can be opened.");
        }
        return new RootSecret(HexFormat.of().parseHex(hex));
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        if (!knowsPermissions(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        if (permissions.removeAll(FOREIGN)) {
            throw new RootSecretRefused(
                    "The root secret in %s can be read or changed by others than its owner (%s)."
                            .formatted(
                                    file,
                                    PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(file))),
                    "Run: chmod 600 " + file + " and ask yourself who may have read it.");
        }
    }

    /**
     * Writes a new secret beside its place, synced, and links it there: the link fails if another
     * process was first, and then its secret counts.
     */
    private static void create(Path file, SecureRandom random) {
        try {
            Path folder = file.toAbsolutePath().resolveSibling("");
            createFolder(folder);
            Path draft = writeSynced(folder, newSecret(random));
            link(draft, file);
            sync(folder);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] newSecret(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return (HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII);
    }

    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process made it a moment ago; ours was never used.
        } finally {
            Files.delete(draft);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (knowsPermissions(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** A temporary file is its owner's alone from the start. */
    private static Path writeSynced(Path folder, byte[] content) throws IOException {
        Path draft = Files.createTempFile(folder, ".root-", ".new");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        return draft;
    }

    private static void sync(Path folder) throws IOException {
        if (knowsPermissions(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean knowsPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static RootSecretRefused missing(Path file, IOException cause) {
        return new RootSecretRefused(
                "The vault holds keys, but the root secret that opens them is not at " + file + ".",
                "Put the file back from your backup with mode 600, or point"
                        + " atelier.vault.root-secret-file at it. A new one would not open the"
                        + " keys.",
                cause);
    }

    private static RootSecretRefused unreadable(Path file, IOException cause) {
        return new RootSecretRefused(
                "The root secret at %s can be neither read nor made (%s)."
                        .formatted(file, cause.getClass().getSimpleName()),
                "Let the user that runs Atelier own the folder and the file, or point"
                        + " atelier.vault.root-secret-file elsewhere.",
                cause);
    }

    @Override
    public String toString() {
        return "RootSecret[sealed lips]";
    }
}
