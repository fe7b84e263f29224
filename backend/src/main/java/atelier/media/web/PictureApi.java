package atelier.media.web;

import atelier.media.Media;
import atelier.media.Picture;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Takes pictures from programs: as the part {@code picture} of a form, or as the body itself. The
 * same picture again is the same picture; no key is needed.
 */
@RestController
@RequestMapping("/api/v1/pictures")
@RolesAllowed("MEMBER")
class PictureApi {

    private final Media media;
    private final CurrentMember current;

    PictureApi(Media media, CurrentMember current) {
        this.media = media;
        this.current = current;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<PictureView> part(@RequestParam("picture") MultipartFile picture)
            throws IOException {
        try (InputStream in = picture.getInputStream()) {
            return store(in);
        }
    }

    @PostMapping
    ResponseEntity<PictureView> body(InputStream body) {
        return store(body);
    }

    private ResponseEntity<PictureView> store(InputStream in) {
        Picture picture = media.store(in, current.require());
        return ResponseEntity.created(URI.create(picture.path())).body(PictureView.of(picture));
    }
}
