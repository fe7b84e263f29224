package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/**
 * Why somebody proposes something, in their words, and what is written behind it on the chain: a
 * reference, so that the same may be proposed again, and whose it is, so that nobody else can bring
 * it before them (OpenZeppelin's Governor reads that).
 */
final class Reason {

    /** Most characters. */
    static final int LONGEST = 2_000;

    private static final int REFERENCE = 10;
    private static final Pattern BEHIND =
            Pattern.compile("(\\s*#ref=0x[0-9a-f]{8})?\\s*#proposer=0x[0-9a-fA-F]{40}\\s*$");

    private Reason() {}

    /**
     * The description that goes to the chain.
     *
     * @throws Refused {@code proposal.reason} if it is too long
     */
    static String describe(String text, Address proposer, Hash32 reference) {
        String words = shown(text).strip();
        if (words.codePointCount(0, words.length()) > LONGEST) {
            throw Refused.invalid("proposal.reason", LONGEST);
        }
        return words
                + "\n\n#ref="
                + reference.toString().substring(0, REFERENCE)
                + "\n#proposer="
                + proposer;
    }

    /** What was written by hand. */
    static String read(String description) {
        return shown(BEHIND.matcher(description).replaceFirst("")).strip();
    }

    /** Nothing that hides or turns text; lines stay. */
    static String shown(String text) {
        StringBuilder safe = new StringBuilder();
        Normalizer.normalize(text.replace("\r\n", "\n"), Form.NFC)
                .codePoints()
                .forEach(c -> safe.appendCodePoint(c == '\n' || shows(c) ? c : ' '));
        return safe.toString();
    }

    private static boolean shows(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.FORMAT -> character == 0x200c || character == 0x200d;
            default -> true;
        };
    }
}
