package atelier.governance;

import atelier.governance.Sentence.Change;
import atelier.kernel.Hash32;
import atelier.rules.Contacts;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Says what calls of the Directory do: which contracts are ours. */
@Component
class DirectorySentences {

    private final Phrases phrases;
    private final Contacts contacts;

    DirectorySentences(Phrases phrases, Contacts contacts) {
        this.phrases = phrases;
        this.contacts = contacts;
    }

    Said listing(Deed.Known deed, Before before) {
        String kind = ascii((Hash32) deed.arguments().get(0));
        return phrases.changing(
                deed,
                new Change(
                        Phrases.quoted(kind),
                        before.known(() -> listed(kind)),
                        deed.address(1).toString()),
                Phrases.quoted(kind),
                deed.address(1).toString());
    }

    /** Where the Directory has a contract of this kind now. */
    private String listed(String kind) {
        return contacts.all().stream()
                .filter(one -> one.kind().equals(kind) && one.lastBlock() == null)
                .map(one -> one.at().toString())
                .reduce((_, last) -> last)
                .orElse(phrases.nothing());
    }

    Said retiring(Deed.Known deed) {
        return phrases.changing(
                deed,
                new Change(
                        phrases.contract(deed.address(0)),
                        phrases.words("council.says.in-use"),
                        phrases.words("council.says.retired")),
                phrases.contract(deed.address(0)));
    }

    private static String ascii(Hash32 bytes) {
        return new String(bytes.bytes(), StandardCharsets.US_ASCII).replace("\0", "");
    }
}
