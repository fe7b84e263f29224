package atelier.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The folder of this module in the checkout that built it: scripts and node_modules. */
record NodeHome(Path folder) {

    private static final String RESOURCE = "home";
    private static final int IMAGE_VERSION_BYTES = 8;

    static NodeHome find() {
        try (InputStream in = NodeHome.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("chain-devnet was built without its resources");
            }
            return new NodeHome(
                    Path.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()));
        } catch (IOException unreadable) {
            throw new IllegalStateException("chain-devnet cannot read its own jar", unreadable);
        }
    }

    /** What the image is built from, relative to the folder. */
    static final List<String> IMAGE_FILES =
            List.of(
                    "Dockerfile",
                    "package.json",
                    "package-lock.json",
                    "hardhat.config.ts",
                    "src/main/node");

    /**
     * Changes with what the image is built from, so that two checkouts never share one by chance.
     */
    String imageVersion() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : imageFiles()) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, IMAGE_VERSION_BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Path> imageFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : IMAGE_FILES) {
            try (Stream<Path> below = Files.walk(folder.resolve(part))) {
                below.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return files;
    }

    Path script() {
        return present(folder.resolve("src/main/node/node.mjs"));
    }

    Path executable() {
        return present(folder.resolve("node_modules/node/bin/node"));
    }

    private Path present(Path file) {
        if (Files.exists(file)) {
            return file;
        }
        throw new DevChainException(
                "NODE_MODULES",
                "The development chain's " + file + " is missing.",
                "Run 'mvn generate-resources' in "
                        + folder
                        + ": it installs it from npm and needs Node 20 or newer with npm on the PATH.");
    }
}
