/**
 * Pictures: taken in from members, checked, made anew, kept and served.
 *
 * <p>{@link Media} is the door. An upload is read up to a limit, recognised by its first bytes,
 * freed of everything that is not the picture, measured before it is decoded, decoded by at most
 * two at once and encoded again. What is kept has no metadata and no stranger's bytes, and the
 * SHA-256 of exactly these bytes is its name here and the content hash on chain, so that whoever
 * downloads a picture can check it.
 */
@ApplicationModule(
        displayName = "Media",
        allowedDependencies = {"kernel", "identity", "web"})
@NullMarked
package atelier.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
