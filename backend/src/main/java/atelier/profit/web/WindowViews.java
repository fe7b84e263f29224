package atelier.profit.web;

import atelier.governance.Council;
import atelier.governance.Drafting;
import atelier.governance.Proposal;
import atelier.governance.ProposedCall;
import atelier.governance.Ratchet;
import atelier.governance.Sentence;
import atelier.kernel.MemberId;
import atelier.profit.Challenge;
import atelier.profit.EpochView;
import atelier.profit.Publication;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks up what can be said against a statement that waits, by this reader. */
@Component
class WindowViews {

    private static final int MOST_PROPOSALS = 50;

    private final Challenge challenge;
    private final Council council;
    private final Drafting drafting;
    private final Ratchet ratchet;
    private final Words words;

    WindowViews(
            Challenge challenge, Council council, Drafting drafting, Ratchet ratchet, Words words) {
        this.challenge = challenge;
        this.council = council;
        this.drafting = drafting;
        this.ratchet = ratchet;
        this.words = words;
    }

    /** Nothing for a statement that does not wait. */
    Optional<WindowView> of(EpochView view, Optional<MemberId> reader) {
        return Optional.ofNullable(view.publication())
                .filter(Publication::waits)
                .map(waiting -> of(waiting, reader));
    }

    private WindowView of(Publication waiting, Optional<MemberId> reader) {
        return new WindowView(
                waiting.epoch(),
                waiting.countsFrom(),
                waiting.course().objections(),
                challenge.seatsNeeded(),
                challenge.guard().map(this::guard).orElse(null),
                reader.map(member -> challenge.voice(member, waiting)).orElse(null),
                reader.filter(challenge::mayHold).isPresent(),
                hold(waiting));
    }

    private WindowView.Guard guard(Challenge.Guard guard) {
        String name =
                guard.byKeeper()
                        ? words.say("ratchet.guardian.keeper")
                        : words.name(guard.account());
        return new WindowView.Guard(name, guard.until());
    }

    private WindowView.@Nullable HoldView hold(Publication waiting) {
        Publication.Hold hold = waiting.course().hold();
        return waiting.state() != Publication.State.HELD || hold == null
                ? null
                : new WindowView.HoldView(
                        hold.byGuardian(),
                        hold.since(),
                        challenge.funding(waiting),
                        ratchet.councilProposes(),
                        questions());
    }

    /** Open proposals that would release or cancel it; one statement waits at a time. */
    private List<WindowView.Question> questions() {
        Set<String> deciding =
                Stream.of(drafting.releaseStatement(), drafting.cancelStatement())
                        .map(WindowViews::key)
                        .collect(Collectors.toSet());
        return council.open(MOST_PROPOSALS).stream()
                .filter(one ->
                        one.calls().stream().map(WindowViews::key).anyMatch(deciding::contains))
                .map(this::question)
                .toList();
    }

    private WindowView.Question question(Proposal proposal) {
        return new WindowView.Question(
                proposal.id().toString(),
                council.sentences(proposal).stream()
                        .map(Sentence::words)
                        .collect(Collectors.joining("; ")));
    }

    private static String key(ProposedCall call) {
        return call.target() + call.hex();
    }
}
