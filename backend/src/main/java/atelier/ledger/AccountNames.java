package atelier.ledger;

import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.rules.Contact;
import atelier.rules.Contacts;
import atelier.rules.Names;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Members by their names, the community's own contracts by what they are. */
@Component
class AccountNames implements Names {

    private final Members members;
    private final Contacts contacts;
    private final MessageSource messages;

    AccountNames(Members members, Contacts contacts, MessageSource messages) {
        this.members = members;
        this.contacts = contacts;
        this.messages = messages;
    }

    @Override
    public Map<Address, String> of(Collection<Address> accounts) {
        Map<Address, String> names = new HashMap<>();
        for (Contact contact : contacts.all()) {
            if (accounts.contains(contact.at())) {
                names.put(contact.at(), words(contact.kind()));
            }
        }
        members.byAddresses(accounts)
                .forEach((account, member) -> names.put(account, member.name()));
        return names;
    }

    private String words(String kind) {
        return messages.getMessage(
                "ledger.contract." + kind, null, LocaleContextHolder.getLocale());
    }
}
