package atelier.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of this module in the checkout that built it: scripts and node_modules. */
record NodeHome(Path folder) {

    private static final String RESOURCE = "home";

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
