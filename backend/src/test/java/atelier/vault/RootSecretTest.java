package atelier.vault;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootSecretTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("secrets/root.key");
        RootSecret.readOrCreate(file, random);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(fromString("rwx------"));
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void staysTheSameOnceMade() {
        Path file = folder.resolve("root.key");
        byte[] first = RootSecret.readOrCreate(file, random).wrappingKey().getEncoded();
        assertThat(RootSecret.readOrCreate(file, random).wrappingKey().getEncoded())
                .isEqualTo(first);
    }

    @Test
    void isOneEvenIfManyMakeItAtOnce() throws InterruptedException, ExecutionException {
        Path file = folder.resolve("new/root.key");
        try (var people = Executors.newFixedThreadPool(8)) {
            List<Future<byte[]>> made =
                    IntStream.range(0, 8)
                            .mapToObj(i ->
                                    people.submit(() ->
                                            RootSecret.readOrCreate(file, random)
                                                    .wrappingKey()
                                                    .getEncoded()))
                            .toList();
            byte[] first = made.getFirst().get();
            for (Future<byte[]> one : made) {
                assertThat(one.get()).isEqualTo(first);
            }
        }
    }

    @Test
    void isRefusedIfOthersMayReadIt() throws IOException {
        Path file = folder.resolve("root.key");
        RootSecret.readOrCreate(file, random);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx-----x")) {
            Files.setPosixFilePermissions(file, fromString(mode));
            assertThatExceptionOfType(RootSecretRefused.class)
                    .as(mode)
                    .isThrownBy(() -> RootSecret.read(file))
                    .withMessageContaining(mode)
                    .satisfies(refused -> assertThat(refused.remedy()).contains("chmod 600"));
        }
    }

    @Test
    void isRefusedIfItHasAnotherLength() throws IOException {
        Path file = folder.resolve("root.key");
        RootSecret.readOrCreate(file, random);
        for (String content : List.of("", "ab", "0".repeat(63), "0".repeat(65), "x".repeat(64))) {
            Files.writeString(file, content);
            assertThatExceptionOfType(RootSecretRefused.class)
                    .as(content)
                    .isThrownBy(() -> RootSecret.read(file))
                    .withMessageContaining("64 hexadecimal digits");
        }
    }

    @Test
    void isNeverMadeAnewWhereKeysHangOnIt() {
        assertThatExceptionOfType(RootSecretRefused.class)
                .isThrownBy(() -> RootSecret.read(folder.resolve("root.key")))
                .withMessageContaining("not at")
                .satisfies(refused -> assertThat(refused.remedy()).contains("backup"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tellsNothingOfItself() throws IOException {
        Path file = folder.resolve("root.key");
        RootSecret secret = RootSecret.readOrCreate(file, random);
        assertThat(secret.toString()).doesNotContain(Files.readString(file).strip());
    }
}
