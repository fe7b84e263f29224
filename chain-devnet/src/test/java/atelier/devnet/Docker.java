package atelier.devnet;

import com.github.dockerjava.api.model.Image;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be tested on this machine; where CI says so, they must be. */
final class Docker {

    private static final String BASE_IMAGE = "node:24-bookworm-slim";

    private Docker() {}

    static void require() {
        String missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail("CI must test the container: " + missing);
        }
        System.out.println("chain-devnet: container tests are skipped: " + missing);
        Assumptions.abort(missing);
    }

    private static String missing() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return "Docker does not answer.";
        }
        boolean present =
                DockerClientFactory.instance().client().listImagesCmd().exec().stream()
                        .map(Image::getRepoTags)
                        .anyMatch(tags -> tags != null && List.of(tags).contains(BASE_IMAGE));
        return present ? "" : "Docker has no image " + BASE_IMAGE + ".";
    }
}
