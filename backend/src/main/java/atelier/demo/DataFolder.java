package atelier.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The one folder where the embedded parts keep what must survive; used by one process at a time.
 */
final class DataFolder implements AutoCloseable {

    private static final String ADDRESSES = "addresses.properties";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates the folder where it is missing and keeps others out of it.
     *
     * @throws StartRefused if another process holds it, or it cannot be written
     */
    static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new StartRefused(
                        "Another Atelier is running on the data folder " + path + ".",
                        "Stop it first, or start this one with --atelier.data=<another folder>.");
            }
            return new DataFolder(path, channel, lock);
        } catch (IOException e) {
            throw new StartRefused(
                    "The data folder " + path + " cannot be written: " + e.getMessage(),
                    "Make it writable, or start with --atelier.data=<another folder>.");
        }
    }

    /** Tells other commands on this machine where the embedded parts answer. */
    void publish(Map<String, Object> addresses) {
        Properties published = new Properties();
        addresses.forEach((name, value) -> published.setProperty(name, value.toString()));
        try (Writer file = Files.newBufferedWriter(path.resolve(ADDRESSES))) {
            published.store(file, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the parts of an Atelier that runs on this folder answer; empty if none does. */
    static Map<String, Object> published(Path path) {
        Path file = path.resolve(ADDRESSES);
        if (!Files.exists(file) || !isHeld(path)) {
            return Map.of();
        }
        Properties published = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            published.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> addresses = new HashMap<>();
        published
                .stringPropertyNames()
                .forEach(name -> addresses.put(name, published.getProperty(name)));
        return addresses;
    }

    private static boolean isHeld(Path path) {
        try (FileChannel channel =
                        FileChannel.open(path.resolve("lock"), StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve(ADDRESSES));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
