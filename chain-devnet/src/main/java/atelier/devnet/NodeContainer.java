package atelier.devnet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The node in a container built from this module's {@code Dockerfile}. It is given a standard input
 * as the child process is, so that it ends with this application however that ends.
 */
final class NodeContainer implements Node {

    private static final int PORT = 8545;
    private static final String DATA_LABEL = "atelier.devnet.data";

    private final GenericContainer<?> container;
    private final PipedOutputStream input;

    private NodeContainer(GenericContainer<?> container, PipedOutputStream input) {
        this.container = container;
        this.input = input;
    }

    static NodeContainer start(DevChain.Options options) {
        requireDocker();
        if (options.dataFolder() != null) {
            removeOrphans(options.dataFolder());
        }
        NodeOutput output = new NodeOutput(options.progress());
        GenericContainer<?> container =
                new GenericContainer<>(image(NodeHome.find()))
                        .withCommand(command(options))
                        .withCreateContainerCmdModifier(create -> configure(create, options))
                        .withLogConsumer(frame -> take(frame, output))
                        .waitingFor(new UntilItListens(output));
        try {
            container.start();
            return new NodeContainer(container, attach(container));
        } catch (RuntimeException failure) {
            container.stop();
            throw explained(failure);
        }
    }

    private static void requireDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new DevChainException(
                    "DOCKER",
                    "Docker does not answer.",
                    "Start it, or leave out the container: the development chain then runs as a"
                            + " child process.");
        }
    }

    /** A container outlives us only if it had not been given its input yet. */
    private static void removeOrphans(Path dataFolder) {
        DockerClient docker = DockerClientFactory.instance().client();
        List<Container> orphans =
                docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(DATA_LABEL, dataFolder.toString()))
                        .exec();
        orphans.forEach(orphan -> docker.removeContainerCmd(orphan.getId()).withForce(true).exec());
    }

    private static ImageFromDockerfile image(NodeHome home) {
        ImageFromDockerfile image =
                new ImageFromDockerfile("atelier/chain-devnet:" + home.imageVersion(), false);
        NodeHome.IMAGE_FILES.forEach(
                file -> image.withFileFromPath(file, home.folder().resolve(file)));
        return image;
    }

    private static String[] command(DevChain.Options options) {
        List<String> arguments = NodeArguments.of(options);
        if (options.dataFolder() != null) {
            arguments.add("--data=/data");
        }
        return arguments.toArray(String[]::new);
    }

    private static void configure(CreateContainerCmd create, DevChain.Options options) {
        HostConfig host = Objects.requireNonNull(create.getHostConfig());
        Ports.Binding loopback =
                options.port() == 0
                        ? Ports.Binding.bindIp("127.0.0.1")
                        : Ports.Binding.bindIpAndPort("127.0.0.1", options.port());
        host.withAutoRemove(true)
                .withPortBindings(new PortBinding(loopback, ExposedPort.tcp(PORT)));
        create.withExposedPorts(ExposedPort.tcp(PORT)).withStdinOpen(true).withStdInOnce(true);
        if (options.dataFolder() != null) {
            host.withBinds(new Bind(options.dataFolder().toString(), new Volume("/data")));
            create.withUser(owner(options.dataFolder()));
            Map<String, String> labels = new HashMap<>(Objects.requireNonNull(create.getLabels()));
            labels.put(DATA_LABEL, options.dataFolder().toString());
            create.withLabels(labels);
        }
    }

    /** Files in a mounted folder belong to whoever owns the folder. */
    private static String owner(Path folder) {
        try {
            Map<String, Object> ids = Files.readAttributes(folder, "unix:uid,gid");
            return ids.get("uid") + ":" + ids.get("gid");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void take(OutputFrame frame, NodeOutput output) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            output.ended();
        } else {
            frame.getUtf8String().lines().forEach(output::take);
        }
    }

    private static PipedOutputStream attach(GenericContainer<?> container) {
        try {
            PipedInputStream theirs = new PipedInputStream();
            PipedOutputStream ours = new PipedOutputStream(theirs);
            container
                    .getDockerClient()
                    .attachContainerCmd(container.getContainerId())
                    .withStdIn(theirs)
                    .withFollowStream(true)
                    .exec(new ResultCallback.Adapter<Frame>());
            return ours;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RuntimeException explained(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DevChainException known) {
                return known;
            }
        }
        return failure;
    }

    @Override
    public String rpcUrl() {
        return "http://127.0.0.1:" + container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        closeInput();
        try {
            container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
        } catch (NotFoundException | NotModifiedException endedByItself) {
            // Closing its input was enough.
        }
        container.stop();
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        closeInput();
        container.stop();
    }

    private void closeInput() {
        try {
            input.close();
        } catch (IOException alreadyClosed) {
            // The container is gone, which is what was asked for.
        }
    }

    /** Hands the waiting to the node's own word. */
    private static final class UntilItListens extends AbstractWaitStrategy {

        private final NodeOutput output;

        private UntilItListens(NodeOutput output) {
            this.output = output;
        }

        @Override
        protected void waitUntilReady() {
            output.awaitPort();
        }
    }
}
