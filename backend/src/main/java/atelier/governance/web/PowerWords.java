package atelier.governance.web;

import atelier.governance.Operation;
import atelier.governance.Operations;
import atelier.governance.Power;
import atelier.governance.Ratchet;
import atelier.kernel.Address;
import atelier.rules.Names;
import atelier.rules.RuleWords;
import atelier.web.Format;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says stages, powers and what waits, in the reader's language. */
@Component
class PowerWords {

    /** A stage: whether it is behind us, where we are, or to come. */
    record StageView(int number, String name, String says, String state, @Nullable Instant at) {}

    /** One line of who may do what; the accounts are those that stand behind the group. */
    record PowerView(String duty, String who, List<String> names, String delay) {}

    /** Who guards; the name is null once nobody does. */
    record GuardianView(@Nullable String name, @Nullable String account, Instant until) {}

    /** What waits, or waited; who is null for what was voted. */
    record OperationView(
            String id,
            List<String> calls,
            @Nullable String who,
            Instant scheduled,
            Instant ready,
            String state,
            @Nullable Instant ended,
            @Nullable String trouble) {}

    private final MessageSource messages;
    private final Names names;
    private final Format format;
    private final Operations operations;
    private final RuleWords rules;

    PowerWords(
            MessageSource messages,
            Names names,
            Format format,
            Operations operations,
            RuleWords rules) {
        this.messages = messages;
        this.names = names;
        this.format = format;
        this.operations = operations;
        this.rules = rules;
    }

    List<StageView> stages(Ratchet ratchet) {
        int now = ratchet.stage().orElse(0);
        List<Ratchet.Reached> reached = ratchet.reached();
        return IntStream.rangeClosed(0, Ratchet.LAST_STAGE)
                .mapToObj(number ->
                        new StageView(
                                number,
                                words("ratchet.stage." + number),
                                words("ratchet.stage." + number + ".says"),
                                number < now ? "past" : number == now ? "now" : "later",
                                reached.stream()
                                        .filter(one -> one.stage() == number)
                                        .map(Ratchet.Reached::at)
                                        .findFirst()
                                        .orElse(null)))
                .toList();
    }

    List<PowerView> powers(List<Power> powers) {
        Map<Address, String> known =
                names.of(powers.stream().flatMap(one -> one.holders().stream()).toList());
        return powers.stream().map(power -> view(power, known)).toList();
    }

    private PowerView view(Power power, Map<Address, String> known) {
        Set<String> people = new LinkedHashSet<>();
        if (power.role() == Power.Role.OPERATORS || power.role() == Power.Role.OTHER) {
            power.holders().stream()
                    .map(account -> known.getOrDefault(account, format.brief(account)))
                    .forEach(people::add);
        }
        if (power.byOperators()) {
            people.add(words("power.by.operators"));
        }
        if (power.byCouncil()) {
            people.add(words("power.by.council"));
        }
        return new PowerView(
                power.known() ? words("duty." + power.duty()) : power.duty(),
                words("power.role." + power.role().key()),
                List.copyOf(people),
                duration(power.delay()));
    }

    @Nullable GuardianView guardian(Ratchet ratchet) {
        return ratchet.guardian()
                .map(guardian -> {
                    Address account = guardian.account();
                    return account == null
                            ? new GuardianView(null, null, guardian.until())
                            : new GuardianView(
                                    names.of(Set.of(account))
                                            .getOrDefault(
                                                    account, words("ratchet.guardian.keeper")),
                                    account.toString(),
                                    guardian.until());
                })
                .orElse(null);
    }

    List<OperationView> operations(Collection<Operation> found) {
        Map<Address, String> known =
                names.of(found.stream().map(Operation::by).filter(Objects::nonNull).toList());
        return found.stream().map(operation -> view(operation, known)).toList();
    }

    private OperationView view(Operation operation, Map<Address, String> known) {
        Address by = operation.by();
        boolean waits = operation.state() == Operation.State.WAITING;
        return new OperationView(
                operation.id().toString(),
                operation.steps().stream().map(this::call).toList(),
                by == null ? null : known.getOrDefault(by, format.brief(by)),
                operation.scheduled(),
                operation.ready(),
                operation.state().name().toLowerCase(Locale.ROOT),
                operation.ended(),
                waits ? operations.trouble(operation).map(format::title).orElse(null) : null);
    }

    private String call(Operation.Step step) {
        return operations
                .duty(step)
                .map(duty -> words("duty." + duty.key()))
                .orElseGet(() -> format.brief(step.target()) + " " + format.brief(step.hex()));
    }

    /** How long somebody has to wait; words for none. */
    String duration(Duration time) {
        return time.isZero() ? words("ratchet.at-once") : rules.duration(time);
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
