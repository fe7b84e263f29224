package atelier.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The folder for all that tests of this JVM leave on disk. A shell waits for the end of the JVM,
 * however it comes, then ends every PostgreSQL in the folder and removes it; before that it does so
 * for JVMs that ended without one.
 */
public final class Scratch implements TempDirFactory {

    private static final Path FOLDER = open();

    /** A new folder in it. */
    public static Path folder(String name) {
        try {
            return Files.createTempDirectory(FOLDER, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) {
        return folder("junit");
    }

    private static Path open() {
        Path all =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "atelier-tests-" + System.getProperty("user.name"));
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            Path own = Files.createDirectories(all.resolve(pid));
            // Its standard input closes when this JVM is gone: nothing else has the other end.
            new ProcessBuilder("/bin/sh", "-c", afterwards(), "sh", all.toString(), pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String afterwards() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(Scratch.class.getResourceAsStream("afterwards.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
