package atelier.media.web;

import atelier.media.Picture;

/** A picture as the API tells of it. */
record PictureView(
        String hash, String type, int width, int height, long bytes, String href, String preview) {

    static PictureView of(Picture picture) {
        return new PictureView(
                picture.hash().toString(),
                picture.type(),
                picture.width(),
                picture.height(),
                picture.bytes(),
                picture.path(),
                picture.previewPath());
    }
}
