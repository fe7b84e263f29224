package atelier.workshop;

import atelier.kernel.Refused;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** What people may write for a title and a description. */
final class Words {

    static final int TITLE = 80;
    static final int DESCRIPTION = 2_000;

    private Words() {}

    /**
     * One line, composed and stripped.
     *
     * @throws Refused {@code title.invalid} if it is empty, too long or cannot be seen
     */
    static String title(String text) {
        String title = Normalizer.normalize(text, Form.NFC).strip();
        if (title.isEmpty()
                || length(title) > TITLE
                || !title.codePoints().allMatch(Words::shows)) {
            throw Refused.invalid("title.invalid", TITLE);
        }
        return title;
    }

    /**
     * Any number of lines, composed and stripped; may be empty.
     *
     * @throws Refused {@code description.invalid} if it is too long or cannot be seen
     */
    static String description(String text) {
        String description =
                Normalizer.normalize(text, Form.NFC)
                        .replace("\r\n", "\n")
                        .replace('\r', '\n')
                        .strip();
        boolean visible = description.codePoints().allMatch(c -> c == '\n' || shows(c));
        if (length(description) > DESCRIPTION || !visible) {
            throw Refused.invalid("description.invalid", DESCRIPTION);
        }
        return description;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Nothing that hides or turns text; joiners stay, for scripts and signs that need them. */
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
