package atelier.profit.web;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.profit.CostKind;
import atelier.profit.IncomeLine;
import atelier.profit.Role;
import atelier.rules.FeeLine;
import atelier.rules.Names;
import atelier.web.Format;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a statement's numbers and addresses are called in the reader's language. */
@Component("profitWords")
class Words {

    private final MessageSource messages;
    private final Workshop workshop;
    private final Names names;
    private final Format format;

    Words(MessageSource messages, Workshop workshop, Names names, Format format) {
        this.messages = messages;
        this.workshop = workshop;
        this.names = names;
        this.format = format;
    }

    /** The kind of income, such as sales of works. */
    String income(int kind) {
        return say("rules.income." + FeeLine.ofKind(kind).key());
    }

    /** What it was for: a recipe's title, a supply's name, or the reference itself. */
    String reference(IncomeLine line) {
        BigInteger number = new BigInteger(1, line.reference().bytes());
        if (number.signum() <= 0 || number.bitLength() >= Long.SIZE) {
            return format.brief(line.reference());
        }
        return switch (FeeLine.ofKind(line.kind())) {
            case TRADING_FEE, RECIPE_FEE -> recipe(new RecipeId(number.longValueExact()));
            case MATERIAL_MARGIN, TOOL_WEAR -> supply(new SupplyId(number.longValueExact()));
            case OTHER -> format.brief(line.reference());
        };
    }

    String recipe(RecipeId id) {
        return workshop.recipe(id).map(RecipeView::title).orElse("#" + id);
    }

    String supply(SupplyId id) {
        return workshop.supply(id).map(SupplyView::name).orElse("#" + id);
    }

    String role(Role role) {
        return say("profit.role." + role.key());
    }

    String cost(CostKind kind) {
        return say("profit.cost." + kind.key());
    }

    /** Somebody's name, or their account in short where nobody is known behind it. */
    String name(Address account) {
        return names.of(List.of(account)).getOrDefault(account, format.brief(account));
    }

    Map<Address, String> names(Collection<Address> accounts) {
        return names.of(accounts);
    }

    String say(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
