package atelier.devnet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A chain's folder, held by one application at a time through a file lock that the system takes
 * back when the holder dies. Whoever holds it may therefore end a node that a dead holder left
 * behind.
 */
final class DataFolder {

    private static final int SECONDS_TO_END = 10;

    private final FileChannel lockFile;

    private DataFolder(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    static DataFolder claim(Path folder, Consumer<String> progress) {
        try {
            Files.createDirectories(folder);
            DataFolder claimed = lock(folder);
            endOrphan(folder, progress);
            return claimed;
        } catch (IOException unusable) {
            throw new DevChainException(
                    "DATA_FOLDER",
                    "The development chain cannot use "
                            + folder
                            + ": "
                            + unusable.getMessage()
                            + ".",
                    "Make the folder writable, or name another one.");
        }
    }

    private static DataFolder lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("devnet.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!locks(file)) {
            file.close();
            throw new DevChainException(
                    "DATA_FOLDER_IN_USE",
                    "Another running application keeps its development chain in " + folder + ".",
                    "Stop that application, or name another data folder.");
        }
        return new DataFolder(file);
    }

    private static boolean locks(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static void endOrphan(Path folder, Consumer<String> progress) throws IOException {
        Path pidFile = folder.resolve("devnet.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan =
                pid(pidFile).flatMap(ProcessHandle::of).filter(process -> isOurs(process, folder));
        if (orphan.isPresent()) {
            progress.accept(
                    "ending the node that an earlier run left behind, process "
                            + orphan.get().pid());
            end(orphan.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        String text = Files.readString(pidFile).strip();
        return text.matches("\\d{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** A pid is given again to other programs: only a node on this very folder is ended. */
    private static boolean isOurs(ProcessHandle process, Path folder) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("node.mjs") && line.endsWith("--data=" + folder))
                .isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(SECONDS_TO_END, TimeUnit.SECONDS).join();
        } catch (CompletionException stillThere) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Lets others use the folder. */
    void release() {
        try {
            lockFile.close();
        } catch (IOException unreleased) {
            // The system takes the lock back when this process ends.
        }
    }
}
