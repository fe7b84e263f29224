package atelier.chain;

import atelier.kernel.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The high-water mark as a small text file in the data folder. It has two pages that are written in
 * turn, each with a checksum, so that what tears in a loss of power is the newer one alone, and
 * nothing has left on its word. A folder that cannot be written stops nobody from sending; a
 * restore is then guessed, as without a mark.
 */
@Component
class MarkFile implements HighWater {

    /** One page: how often the file was written, on which chain, and the marks there. */
    private record Page(long version, String chain, Map<Address, Mark> marks) {

        static final Page EMPTY = new Page(0, "", Map.of());

        Page raised(String now, Mark mark) {
            Map<Address, Mark> all = new LinkedHashMap<>(chain.equals(now) ? marks : Map.of());
            all.merge(mark.key(), mark, Mark::and);
            return new Page(version + 1, now, all);
        }

        byte[] text() {
            StringBuilder body = new StringBuilder("%d\n%s\n".formatted(version, chain));
            for (Mark mark : marks.values()) {
                body.append("%s %d %s\n".formatted(mark.key(), mark.next(), mark.until()));
            }
            String text = "%08x\n%s".formatted(checksum(body.toString()), body);
            return (text + " ".repeat(Math.max(0, SIZE - text.length())))
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /** What a page says; nothing if it was never wholly written. */
        static Optional<Page> of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.US_ASCII).strip() + "\n";
            List<String> lines = text.lines().toList();
            String body = text.substring(text.indexOf('\n') + 1);
            if (lines.size() < 3 || !lines.getFirst().equals("%08x".formatted(checksum(body)))) {
                return Optional.empty();
            }
            Map<Address, Mark> marks = new LinkedHashMap<>();
            for (String line : lines.subList(3, lines.size())) {
                String[] part = line.split(" ", -1);
                Address key = Address.parse(part[0]);
                marks.put(key, new Mark(key, Long.parseLong(part[1]), Instant.parse(part[2])));
            }
            return Optional.of(new Page(Long.parseLong(lines.get(1)), lines.get(2), marks));
        }

        private static long checksum(String body) {
            CRC32 sum = new CRC32();
            sum.update(body.getBytes(StandardCharsets.US_ASCII));
            return sum.getValue();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(MarkFile.class);
    private static final int PAGES = 2;
    private static final int SIZE = 4096;

    private final EraTable eras;
    private final Path path;
    private @Nullable Era named;
    private boolean troubled;

    MarkFile(EraTable eras, @Value("${atelier.data:.atelier}") Path folder) {
        this.eras = eras;
        this.path = folder.resolve("sender.mark");
    }

    @Override
    public List<Mark> marks(int era) {
        synchronized (MarkFile.class) { // a process may hold a file's lock once
            Optional<String> chain = chain(era);
            if (chain.isEmpty() || !Files.exists(path)) {
                return List.of();
            }
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
                    FileLock _ = file.lock(0, Long.MAX_VALUE, true)) {
                Page page = read(file);
                return page.chain().equals(chain.get())
                        ? List.copyOf(page.marks().values())
                        : List.of();
            } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                throw new Pauses.Ended();
            } catch (IOException e) {
                trouble(e);
                return List.of();
            }
        }
    }

    @Override
    public void raise(int era, Mark mark) {
        synchronized (MarkFile.class) {
            chain(era).ifPresent(chain -> raise(chain, mark));
        }
    }

    private void raise(String chain, Mark mark) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (FileChannel file =
                            FileChannel.open(
                                    path,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE);
                    FileLock _ = file.lock()) {
                boolean fresh = file.size() == 0;
                write(file, read(file).raised(chain, mark));
                if (fresh) {
                    keepName();
                }
            }
            troubled = false;
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw new Pauses.Ended(); // what was not promised must not leave
        } catch (IOException e) {
            trouble(e);
        }
    }

    private static Page read(FileChannel file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(PAGES * SIZE);
        while (all.hasRemaining() && file.read(all, all.position()) > 0) {
            // until both pages are in
        }
        return IntStream.range(0, PAGES)
                .mapToObj(number -> {
                    byte[] page = new byte[SIZE];
                    all.get(number * SIZE, page);
                    return Page.of(page);
                })
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(Page::version))
                .orElse(Page.EMPTY);
    }

    private static void write(FileChannel file, Page page) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(page.text());
        if (text.remaining() > SIZE) {
            throw new IOException("More keys than a page holds");
        }
        long at = page.version() % PAGES * SIZE;
        while (text.hasRemaining()) {
            file.write(text, at + text.position());
        }
        file.force(false);
    }

    /** A new file's name survives as well. */
    private void keepName() throws IOException {
        try (FileChannel folder =
                FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void trouble(IOException e) {
        if (!troubled) {
            LOG.warn(
                    "{} cannot be kept ({}): should a backup be restored, what it has forgotten"
                            + " will be guessed",
                    path,
                    e.toString());
        }
        troubled = true;
    }

    /** Fresh development chains share their genesis, so block 1 is part of the name. */
    private Optional<String> chain(int era) {
        if (named == null || named.number() != era) {
            named = eras.latest().orElse(null);
        }
        return Optional.ofNullable(named)
                .filter(one -> one.number() == era && one.firstBlock() != null)
                .map(one -> "%d %s %s".formatted(one.chainId(), one.genesis(), one.firstBlock()));
    }
}
