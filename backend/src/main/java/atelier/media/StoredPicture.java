package atelier.media;

import org.springframework.core.io.ByteArrayResource;

/**
 * Bytes of a stored picture, or of its preview, ready to be served.
 *
 * @param type media type of the bytes
 * @param content the bytes themselves
 */
public record StoredPicture(String type, ByteArrayResource content) {}
