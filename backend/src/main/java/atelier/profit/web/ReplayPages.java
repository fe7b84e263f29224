package atelier.profit.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.profit.Replay;
import atelier.profit.Replays;
import atelier.rules.Rule;
import atelier.web.CurrentMember;
import atelier.web.Format;
import atelier.web.Swing;
import jakarta.annotation.security.PermitAll;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What other rules would have meant in the last epochs. The part {@code #replay} of the page may be
 * fetched into any other, such as a proposal's.
 */
@Controller
@PermitAll
class ReplayPages {

    private static final int MOST = 5;

    private final Replays replays;
    private final Members members;
    private final Words words;
    private final Format format;
    private final CurrentMember current;

    ReplayPages(
            Replays replays, Members members, Words words, Format format, CurrentMember current) {
        this.replays = replays;
        this.members = members;
        this.words = words;
        this.format = format;
        this.current = current;
    }

    @GetMapping("/profit/replay")
    String replay(
            @RequestParam(name = "change", defaultValue = "") List<String> changes, Model model) {
        try {
            Map<Rule, BigInteger> wished = Changes.read(changes);
            model.addAttribute("matters", wished.keySet().stream().anyMatch(Replays::matters));
            show(replays.of(wished), model);
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
        }
        return "profit/replay";
    }

    private void show(Replay replay, Model model) {
        model.addAttribute("epochs", replay.before().size());
        model.addAttribute("roles", roles(replay));
        model.addAttribute("people", people(replay));
        current.id()
                .flatMap(members::find)
                .map(Member::account)
                .map(account -> forMe(replay, account))
                .ifPresent(sentence -> model.addAttribute("forMe", sentence));
    }

    private List<Swing> roles(Replay replay) {
        return replay.byRole().entrySet().stream()
                .map(change -> swing(words.role(change.getKey()), change.getValue()))
                .toList();
    }

    /** Who wins most, and who loses most. */
    private List<Swing> people(Replay replay) {
        List<Map.Entry<Address, Replay.Change>> changed =
                replay.byAccount().entrySet().stream()
                        .filter(entry -> entry.getValue().gain().signum() != 0)
                        .sorted(Comparator.comparing(entry -> entry.getValue().gain().negate()))
                        .toList();
        List<Map.Entry<Address, Replay.Change>> shown = new ArrayList<>();
        changed.stream()
                .filter(one -> one.getValue().gain().signum() > 0)
                .limit(MOST)
                .forEach(shown::add);
        List<Map.Entry<Address, Replay.Change>> losers =
                changed.stream().filter(one -> one.getValue().gain().signum() < 0).toList();
        shown.addAll(losers.subList(Math.max(0, losers.size() - MOST), losers.size()));
        Map<Address, String> names =
                words.names(shown.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
        return shown.stream()
                .map(one ->
                        swing(
                                names.getOrDefault(one.getKey(), format.brief(one.getKey())),
                                one.getValue()))
                .toList();
    }

    private String forMe(Replay replay, Address account) {
        TokenAmount gain =
                Optional.ofNullable(replay.byAccount().get(account))
                        .map(Replay.Change::gain)
                        .orElse(TokenAmount.ZERO);
        String key =
                gain.signum() > 0
                        ? "profit.replay.more"
                        : gain.signum() < 0 ? "profit.replay.less" : "profit.replay.same";
        return words.say(
                key,
                format.count(replay.before().size()),
                format.points(gain.signum() < 0 ? gain.negate() : gain));
    }

    private static Swing swing(String label, Replay.Change change) {
        return new Swing(label, change.before(), change.after());
    }
}
