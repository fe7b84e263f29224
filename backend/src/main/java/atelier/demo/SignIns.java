package atelier.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo's sign-ins: a random password for each e-mail address, kept in a file that only its
 * owner may read and written before the first member joins.
 */
final class SignIns {

    private static final String FILE = "demo-sign-ins.txt";
    private static final int PASSWORD_BYTES = 12;

    private final Path file;
    private final Map<String, String> passwords;

    private SignIns(Path file, Map<String, String> passwords) {
        this.file = file;
        this.passwords = passwords;
    }

    /** Reads the file, or writes it with new passwords for these addresses. */
    static SignIns in(Path folder, List<String> emails) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file, emails);
            }
            return new SignIns(file, read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String passwordOf(String email) {
        return passwords.getOrDefault(email, "");
    }

    Path file() {
        return file;
    }

    private static void write(Path file, List<String> emails) throws IOException {
        SecureRandom random = new SecureRandom();
        StringBuilder lines = new StringBuilder();
        for (String email : emails) {
            byte[] password = new byte[PASSWORD_BYTES];
            random.nextBytes(password);
            lines.append(email)
                    .append(' ')
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(password))
                    .append('\n');
        }
        Path whole =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        FILE,
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(whole, lines);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> passwords = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                passwords.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return passwords;
    }
}
