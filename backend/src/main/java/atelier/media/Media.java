package atelier.media;

import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The door to pictures: an upload goes in, a checked picture comes out under its own hash. */
@Service
public class Media {

    private final Darkroom darkroom;
    private final Pictures pictures;
    private final Clock clock;

    Media(Darkroom darkroom, Pictures pictures, Clock clock) {
        this.darkroom = darkroom;
        this.pictures = pictures;
        this.clock = clock;
    }

    /**
     * Takes an upload, at most 8 MiB of PNG, JPEG or WebP. What is kept is encoded anew: a PNG as
     * PNG, the others as JPEG, or as PNG where something shines through. Bringing the same picture
     * again changes nothing and answers the same, also where it would be too much for a day.
     * Nothing is kept of what is refused.
     *
     * @throws Refused {@code picture.too-large}, {@code picture.type}, {@code picture.dimensions},
     *     {@code picture.colours}, {@code picture.broken}, {@code picture.missing}, {@code
     *     picture.busy}, {@code picture.quota}
     */
    public Picture store(InputStream upload, MemberId by) {
        Developed developed = darkroom.develop(Sieve.sift(limited(upload)));
        pictures.keep(developed, by, clock.instant());
        return developed.picture();
    }

    private static byte[] limited(InputStream upload) {
        byte[] bytes;
        try {
            bytes = upload.readNBytes(Limits.BYTES + 1);
        } catch (IOException e) {
            throw Limits.broken();
        }
        if (bytes.length == 0) {
            throw Refused.invalid("picture.missing");
        }
        if (bytes.length > Limits.BYTES) {
            throw Limits.tooLarge();
        }
        return bytes;
    }

    /** The stored bytes, whose SHA-256 is {@code hash}. */
    public Optional<StoredPicture> open(Hash32 hash) {
        return pictures.content(hash);
    }

    /** A small version of at most {@value Darkroom#PREVIEW_SIDE} pixels a side. */
    public Optional<StoredPicture> preview(Hash32 hash) {
        return pictures.preview(hash);
    }

    /** What is known of a stored picture. */
    public Optional<Picture> find(Hash32 hash) {
        return pictures.find(hash);
    }

    /**
     * A picture that this member brought.
     *
     * @throws Refused {@code picture.unknown} if there is none, or only others brought it
     */
    public Picture ofMember(Hash32 hash, MemberId member) {
        return pictures.broughtBy(member, hash)
                .orElseThrow(() -> Refused.notFound("picture.unknown"));
    }

    /** What a member brought, latest first. */
    public List<Picture> latestOf(MemberId member, int limit) {
        return pictures.latestOf(member, limit);
    }
}
