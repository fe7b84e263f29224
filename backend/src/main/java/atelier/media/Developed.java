package atelier.media;

/** A picture made anew and its preview, not yet kept. */
record Developed(Picture picture, StoredPicture content, StoredPicture preview) {}
