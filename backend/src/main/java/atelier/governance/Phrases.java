package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.governance.Sentence.Change;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.rules.Contacts;
import atelier.web.Format;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * What sentences are made of, in the reader's language: words, and names of accounts and contracts.
 */
@Component
class Phrases {

    private final MessageSource messages;
    private final Format format;
    private final Members members;
    private final Contracts contracts;
    private final Contacts contacts;

    Phrases(
            MessageSource messages,
            Format format,
            Members members,
            Contracts contracts,
            Contacts contacts) {
        this.messages = messages;
        this.format = format;
        this.members = members;
        this.contracts = contracts;
        this.contacts = contacts;
    }

    /** A sentence about something that has no before and after. */
    Said plain(Deed.Known deed, Object... arguments) {
        return new Said(sentence(deed, arguments), List.of());
    }

    /** A sentence about something that changes. */
    Said changing(Deed.Known deed, Change change, Object... arguments) {
        return new Said(sentence(deed, arguments), List.of(change));
    }

    private String sentence(Deed.Known deed, Object... arguments) {
        return words("council.says." + deed.act().key(), arguments);
    }

    String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    /** That nothing is there. */
    String nothing() {
        return words("council.says.nothing");
    }

    /** Whose an account is, as far as we know. */
    String name(Address account) {
        return members.byAddress(account)
                .map(Member::name)
                .map(name -> name + " (" + format.brief(account) + ")")
                .orElse(account.toString());
    }

    /** What a contract is called, by us or by the Directory. */
    String contract(Address address) {
        ContractKind kind = contracts.kinds().get(address);
        return kind == null ? listedAs(address) : kind.directoryName();
    }

    private String listedAs(Address target) {
        return contacts.all().stream()
                .filter(contact -> contact.at().equals(target))
                .map(contact -> contact.kind() + " " + format.brief(target))
                .findFirst()
                .orElse(target.toString());
    }

    /** What a contract says; a page is not worth failing for it. */
    <T> String ask(RemoteFunctionCall<T> question, Function<T, String> words) {
        try {
            return words.apply(question.send());
        } catch (Exception e) {
            return nothing();
        }
    }

    /** Text that anybody may have put there: nothing in it hides or turns what stands around it. */
    static String quoted(String text) {
        return Reason.shown(text).replace('\n', ' ').strip();
    }
}
