package atelier.web;

import java.util.Locale;

/** Whose share a line of a receipt is, and so which colour it is drawn in. */
public enum Tone {
    SELLER,
    CREATOR,
    AUTHOR,
    SUPPLIER,
    TREASURY;

    /** The class the stylesheet knows this tone by. */
    public String css() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
