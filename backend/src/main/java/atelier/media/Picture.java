package atelier.media;

import atelier.kernel.Hash32;

/**
 * What is known of a stored picture without its bytes.
 *
 * @param hash SHA-256 of the stored bytes: the picture's name here, the content hash on chain
 * @param type media type of the stored bytes
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param bytes length of the stored bytes
 */
public record Picture(Hash32 hash, String type, int width, int height, long bytes) {

    /** Where the picture is served. */
    public String path() {
        return "/pictures/" + hash;
    }

    /** Where its small version is served, at most {@value Darkroom#PREVIEW_SIDE} pixels a side. */
    public String previewPath() {
        return path() + "/preview";
    }
}
