package atelier.media.web;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.media.Media;
import atelier.media.StoredPicture;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves pictures. The bytes under a hash never change, so caches keep them for ever; a browser is
 * told to take them for nothing but a picture.
 */
@Controller
@PermitAll
class PictureFiles {

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Media media;

    PictureFiles(Media media) {
        this.media = media;
    }

    @GetMapping("/pictures/{hash}")
    ResponseEntity<ByteArrayResource> picture(@PathVariable String hash) {
        return serve(hash, media.open(parse(hash)));
    }

    @GetMapping("/pictures/{hash}/preview")
    ResponseEntity<ByteArrayResource> preview(@PathVariable String hash) {
        return serve(hash + "-preview", media.preview(parse(hash)));
    }

    private static ResponseEntity<ByteArrayResource> serve(
            String tag, Optional<StoredPicture> found) {
        StoredPicture picture = found.orElseThrow(PictureFiles::unknown);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.type()))
                .cacheControl(FOR_EVER)
                .eTag(tag)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(picture.content());
    }

    private static Hash32 parse(String hash) {
        try {
            return Hash32.parse(hash);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return Refused.notFound("picture.unknown");
    }
}
