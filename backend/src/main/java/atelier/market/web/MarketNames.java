package atelier.market.web;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Whom an account belongs to, in words. */
@Component
class MarketNames {

    private final Members members;
    private final Contracts contracts;
    private final MessageSource messages;

    MarketNames(Members members, Contracts contracts, MessageSource messages) {
        this.members = members;
        this.contracts = contracts;
        this.messages = messages;
    }

    /** MarketNames of these accounts, looked up together. */
    Known of(Collection<Address> accounts) {
        Set<Address> distinct = new HashSet<>(accounts);
        return new Known(members.byAddresses(distinct));
    }

    private String word(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    /** MarketNames that were looked up. */
    final class Known {

        private final Map<Address, Member> found;

        private Known(Map<Address, Member> found) {
            this.found = found;
        }

        String of(Address account) {
            Member member = found.get(account);
            if (member != null) {
                return member.name();
            }
            return account.equals(contracts.address(ContractKind.TREASURY))
                    ? word("market.treasury")
                    : word("market.outsider");
        }
    }
}
