package atelier.workshop.web;

import atelier.kernel.Refused;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What tokenURI and contractURI point at: ERC-721 metadata of a work, ERC-7572 of them all. */
@RestController
@RequestMapping(path = "/metadata/works", produces = MediaType.APPLICATION_JSON_VALUE)
@PermitAll
class Metadata {

    private static final String COLLECTION = "Atelier Works";

    /** A work as other people's programs read it. */
    record Work(
            String name,
            String description,
            String image,
            @JsonProperty("external_url") String externalUrl,
            @JsonProperty("content_hash") String contentHash,
            List<Attribute> attributes) {}

    /** One fact about a work. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attribute(
            @JsonProperty("trait_type") String trait,
            @JsonProperty("display_type") @Nullable String display,
            Object value) {}

    /** All works together. */
    record Collection(
            String name, String description, @JsonProperty("external_link") String externalLink) {}

    private final Workshop workshop;
    private final String root;

    Metadata(Workshop workshop, @Value("${atelier.public-url}") String root) {
        this.workshop = workshop;
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    @GetMapping("/{id}")
    ResponseEntity<Work> work(@PathVariable String id) {
        WorkView work =
                workshop.work(Paths.work(id)).orElseThrow(() -> Refused.notFound("work.unknown"));
        return open().body(describe(work));
    }

    @GetMapping("/collection")
    ResponseEntity<Collection> collection() {
        return open().body(
                        new Collection(
                                COLLECTION,
                                "Works made by the members of this community by its recipes.",
                                root));
    }

    private Work describe(WorkView work) {
        return new Work(
                work.title(),
                work.description(),
                root + work.picture(),
                root + work.href(),
                work.contentHash().toString(),
                List.of(
                        new Attribute("Creator", null, work.creator().name()),
                        new Attribute("Recipe", null, work.recipeTitle()),
                        new Attribute("Serial", "number", work.serial()),
                        new Attribute("Made", "date", work.minted().at().getEpochSecond())));
    }

    /** Anyone's page may read it. */
    private static ResponseEntity.BodyBuilder open() {
        return ResponseEntity.ok().header("Access-Control-Allow-Origin", "*");
    }
}
