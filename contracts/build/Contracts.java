import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.web3j.codegen.SolidityFunctionWrapperGenerator;
import org.web3j.protocol.ObjectMapperFactory;

/**
 * What Maven does in this module, run by its JDK from source: the npm packages, Hardhat, the artifacts
 * of what Hardhat compiled, and their Java bindings. The artifacts are kept with the sources, so that
 * a start waits for no compiler; the tests compile anew and compare. Each step is skipped while what
 * it works on is unchanged.
 */
final class Contracts {

    private static final List<String> NAMES =
            List.of(
                    "AccessManager",
                    "Council",
                    "Directory",
                    "ERC2771Forwarder",
                    "Market",
                    "Points",
                    "ProfitShare",
                    "Ratchet",
                    "RuleBook",
                    "Seats",
                    "Supplies",
                    "TimelockController",
                    "Treasury",
                    "Works",
                    "Workshop");

    /** The node is asked to run it where nothing is; it has no use for a binding. */
    private static final List<String> NEVER_DEPLOYED = List.of("Rehearsal");

    private static final int OLDEST_NODE = 20;

    /** Runs npm, and is kept in node_modules to run Hardhat. */
    private static final String NODE = "node@24.21.0";

    private static final boolean WINDOWS = os().contains("windows");

    private final Path root;
    private final Path target;
    private final Path modules;
    private final Path artifacts;

    private Contracts(Path root) {
        this.root = root;
        this.target = root.resolve("target");
        this.modules = root.resolve("node_modules");
        this.artifacts = root.resolve("artifacts");
    }

    public static void main(String[] arguments) {
        try {
            new Contracts(Path.of("").toAbsolutePath()).run(arguments[0]);
        } catch (Stopped stopped) {
            System.err.println("\ncontracts: " + stopped.getMessage() + "\n");
            System.exit(1);
        } catch (IOException | InterruptedException failure) {
            System.err.println("\ncontracts: " + failure + "\n");
            System.exit(1);
        }
    }

    private void run(String step) throws IOException, InterruptedException {
        switch (step) {
            case "compile" -> {
                renewArtifacts();
                bind();
            }
            case "test-packages" -> install(Packages.ALL);
            case "test" -> {
                compile();
                compareArtifacts();
                hardhat(Output.LOGGED, "the Solidity tests do not compile", "build", "--no-contracts");
                hardhat(Output.SHOWN, "the contracts' tests failed", "test", "--no-compile");
            }
            case "gas" ->
                    hardhat(Output.SHOWN, "the gas snapshot differs", "run", "--no-compile", "gas/compare.ts");
            default -> throw new Stopped("there is no step " + step);
        }
    }

    private void install(Packages wanted) throws IOException, InterruptedException {
        String lock = digest(List.of(root.resolve("package-lock.json"), root.resolve("package.json")));
        Path stamp = modules.resolve(".atelier-lock");
        boolean begun = stampIs(stamp, lock + Packages.COMPILER);
        if (stampIs(stamp, lock + Packages.ALL) || (begun && wanted == Packages.COMPILER)) {
            return;
        }
        checkNode();
        say(begun ? "installing the tests' npm packages" : "installing the npm packages");
        var command = new ArrayList<>(List.of(WINDOWS ? "npx.cmd" : "npx"));
        command.addAll(List.of("-y", "-p", NODE, "-p", "npm@10", "npm"));
        command.addAll(begun || !lockedPlatform() ? List.of("install", "--no-save") : List.of("ci"));
        command.addAll(lockedPlatform() ? List.of() : List.of("--no-package-lock"));
        command.addAll(wanted == Packages.COMPILER ? List.of("--omit=dev") : List.of());
        command.addAll(List.of("--no-audit", "--no-fund", "--prefer-offline"));
        execute(
                command,
                Output.LOGGED,
                "npm could not install the packages. Check that the npm registry can be reached,"
                        + " then run the command again.");
        Files.writeString(stamp, lock + wanted);
    }

    /** A start waits for the compiler alone; viem and what else the tests need come with the tests. */
    private enum Packages {
        COMPILER,
        ALL
    }

    /** The lock was made on Linux on x64 and lacks what other platforms need. */
    private static boolean lockedPlatform() {
        String architecture = System.getProperty("os.arch");
        return os().contains("linux")
                && (architecture.equals("amd64") || architecture.equals("x86_64"));
    }

    private void checkNode() throws IOException, InterruptedException {
        String version;
        try {
            Process process = new ProcessBuilder("node", "--version").start();
            version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
        } catch (IOException missing) {
            throw new Stopped(
                    "Node.js was not found. Install Node.js "
                            + OLDEST_NODE
                            + " or newer with npm, put it on the PATH, and run the command again.");
        }
        if (!version.matches("v\\d+\\..*")
                || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
            throw new Stopped(
                    "Node.js "
                            + version
                            + " is too old. Install Node.js "
                            + OLDEST_NODE
                            + " or newer and run the command again.");
        }
    }

    /** Writes the artifacts again if the sources are not those that they were compiled from. */
    private void renewArtifacts() throws IOException, InterruptedException {
        Path stamp = artifacts.resolve("sources.sha256");
        String sources = digest(sources());
        if (stampIs(stamp, sources)) {
            return;
        }
        install(Packages.COMPILER);
        compile();
        for (Artifact artifact : compiled()) {
            Files.createDirectories(artifact.file().getParent());
            Files.writeString(artifact.file(), artifact.text());
        }
        Files.writeString(stamp, sources);
        say("wrote artifacts; they belong into the same commit as their sources");
    }

    private void compareArtifacts() throws IOException {
        for (Artifact artifact : compiled()) {
            if (!stampIs(artifact.file(), artifact.text())) {
                throw new Stopped(
                        root.relativize(artifact.file())
                                + " is not what its source compiles to. Delete"
                                + " contracts/artifacts/sources.sha256 and run mvn compile.");
            }
        }
    }

    private void compile() throws IOException, InterruptedException {
        String sources = digest(sources());
        Path stamp = target.resolve("compiled.stamp");
        if (stampIs(stamp, sources)) {
            return;
        }
        say("compiling the contracts");
        hardhat(Output.LOGGED, "the contracts do not compile", "build", "--no-tests");
        Files.writeString(stamp, sources);
    }

    private void bind() throws IOException {
        String sources = digest(sources());
        Path stamp = target.resolve("bound.stamp");
        if (stampIs(stamp, sources)) {
            return;
        }
        say("generating the Java bindings");
        quietly(
                () -> {
                    for (String name : NAMES) {
                        bind(name);
                    }
                });
        Files.createDirectories(target);
        Files.writeString(stamp, sources);
    }

    /** The generator prints a line for each file, and a logging library that it has no logger. */
    private static void quietly(Binding binding) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            binding.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private interface Binding {
        void run() throws IOException;
    }

    private List<Path> sources() throws IOException {
        var files = new ArrayList<Path>();
        try (Stream<Path> tree = Files.walk(root.resolve("src"))) {
            tree.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        for (String file : List.of("package-lock.json", "hardhat.config.ts", "build/Contracts.java")) {
            files.add(root.resolve(file));
        }
        return files;
    }

    private void bind(String name) throws IOException {
        Path bindings = Files.createDirectories(target.resolve("generated-sources/web3j"));
        try {
            new SolidityFunctionWrapperGenerator(
                            artifact("bytecode", name + ".bin").toFile(),
                            artifact("abi", name + ".json").toFile(),
                            bindings.toFile(),
                            name,
                            "atelier.contracts",
                            true,
                            false,
                            160)
                    .generate();
        } catch (ClassNotFoundException failure) {
            throw new Stopped("the binding of " + name + " could not be generated: " + failure);
        }
    }

    /** One file of what was compiled. */
    private record Artifact(Path file, String text) {}

    private List<Artifact> compiled() throws IOException {
        var all = new ArrayList<Artifact>();
        var json = ObjectMapperFactory.getObjectMapper();
        for (String name : NAMES) {
            var output = json.readTree(output(name).toFile());
            all.add(new Artifact(artifact("abi", name + ".json"), json.writeValueAsString(output.get("abi"))));
            all.add(new Artifact(artifact("bytecode", name + ".bin"), output.get("bytecode").asText().substring(2)));
        }
        for (String name : NEVER_DEPLOYED) {
            var output = json.readTree(output(name).toFile());
            String code = output.get("deployedBytecode").asText().substring(2);
            all.add(new Artifact(artifact("runtime", name + ".bin"), code));
        }
        return all;
    }

    private Path artifact(String kind, String name) {
        return artifacts.resolve(Path.of(kind, name));
    }

    /** Ours as Hardhat compiled it; OpenZeppelin's, unmodified, as they publish it themselves. */
    private Path output(String name) {
        Path ours = target.resolve(Path.of("hardhat/artifacts/src", name + ".sol", name + ".json"));
        Path theirs = modules.resolve("@openzeppelin/contracts/build/contracts/" + name + ".json");
        return Stream.of(ours, theirs)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new Stopped("nobody compiled " + name));
    }

    private void hardhat(Output output, String problem, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(modules.resolve(WINDOWS ? "node/bin/node.exe" : "node/bin/node").toString());
        command.add(modules.resolve("hardhat/dist/src/cli.js").toString());
        command.addAll(Arrays.asList(arguments));
        execute(command, output, problem);
    }

    private void execute(List<String> command, Output output, String problem)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(target).resolve("last-command.log");
        var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of(WINDOWS ? "NUL" : "/dev/null").toFile()));
        builder.redirectOutput(
                output == Output.SHOWN
                        ? ProcessBuilder.Redirect.INHERIT
                        : ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().put("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true");
        Process process = start(builder);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        if (process.waitFor() != 0) {
            throw new Stopped(problem + (output == Output.LOGGED ? "\n" + errorsIn(log) : ""));
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new Stopped(
                    builder.command().getFirst()
                            + " could not be started. Install Node.js "
                            + OLDEST_NODE
                            + " or newer with npm, delete contracts/node_modules,"
                            + " and run the command again.");
        }
    }

    /** The log without the compiler's warnings, which stand before its errors. */
    private static String errorsIn(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        int first = 0;
        while (first < lines.size() && !lines.get(first).contains("rror")) {
            first++;
        }
        List<String> shown = lines.subList(first == lines.size() ? 0 : first, lines.size());
        return String.join("\n", shown) + "\n(all of it: " + log + ")";
    }

    private static boolean stampIs(Path stamp, String expected) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(expected);
    }

    private String digest(List<Path> files) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                sha256.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
                sha256.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static void say(String what) {
        System.out.println("contracts: " + what);
    }

    private enum Output {
        SHOWN,
        LOGGED
    }

    /** Says what happened and what to do; no stack trace would help. */
    private static final class Stopped extends RuntimeException {
        Stopped(String message) {
            super(message);
        }
    }
}
