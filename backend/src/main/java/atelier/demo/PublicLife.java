package atelier.demo;

import atelier.chain.Intent;
import atelier.governance.Council;
import atelier.governance.Drafting;
import atelier.governance.Idea;
import atelier.governance.Ideas;
import atelier.governance.OwnBallot;
import atelier.governance.Proposal;
import atelier.governance.ProposalId;
import atelier.governance.ProposalState;
import atelier.governance.Ratchet;
import atelier.governance.SeatStanding;
import atelier.governance.Seats;
import atelier.governance.Timeline;
import atelier.governance.Vote;
import atelier.identity.Members;
import atelier.kernel.MemberId;
import atelier.profit.EpochView;
import atelier.profit.Profit;
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * What the school decides together, under the rules that every community begins with: nothing is
 * made shorter for the demo. Time on its chain goes by instead, for seats to be old enough to vote,
 * for an epoch to end and its statement to count, and for a vote to be over.
 */
@Component
class PublicLife {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Script script;
    private final Calendar calendar;
    private final Members members;
    private final Rules rules;
    private final Seats seats;
    private final Ratchet ratchet;
    private final Council council;
    private final Drafting drafting;
    private final Ideas ideas;
    private final Profit profit;

    PublicLife(
            Script script,
            Calendar calendar,
            Members members,
            Rules rules,
            Seats seats,
            Ratchet ratchet,
            Council council,
            Drafting drafting,
            Ideas ideas,
            Profit profit) {
        this.script = script;
        this.calendar = calendar;
        this.members = members;
        this.rules = rules;
        this.seats = seats;
        this.ratchet = ratchet;
        this.council = council;
        this.drafting = drafting;
        this.ideas = ideas;
        this.profit = profit;
    }

    /** Goes through all of it; what was done before is skipped. */
    void run() throws InterruptedException {
        seatEverybody();
        if (!ratchet.councilProposes()) {
            script.await(List.of(script.intent("stage:1", this::letTheCouncilPropose)));
        }
        Community.WISHES.forEach(this::write);
        Progress.say("Seeding: the first epoch is closed");
        long epoch = closeTheFirstEpoch();
        Progress.say("Seeding: the council decides");
        ProposalId decided = propose("decided", Community.DECIDED);
        calendar.reach(times(decided).votingFrom().plus(MOMENT));
        vote("decided", decided, Community.DECIDED);
        calendar.reach(times(decided).votingUntil().minus(votingDelay()));
        ProposalId open = propose("open", Community.OPEN);
        calendar.reach(later(times(decided).votingUntil(), times(open).votingFrom()).plus(MOMENT));
        vote("open", open, Community.OPEN);
        script.until(() -> !proposal(decided).state().open());
        script.until(() -> statement(epoch).filter(EpochView::counts).isPresent());
    }

    /** Who gives their seat up later keeps nobody waiting. */
    private void seatEverybody() throws InterruptedException {
        if (script.outcome("seats").isEmpty()) {
            script.until(this::everyoneSits);
        }
        script.once("seats", () -> "all");
    }

    private boolean everyoneSits() {
        return Community.PEOPLE.stream()
                .map(this::standing)
                .allMatch(SeatStanding.Seated.class::isInstance);
    }

    private Intent letTheCouncilPropose() {
        MemberId teacher = script.teacher();
        return ratchet.raise(
                teacher, members.find(teacher).orElseThrow().account(), Script.key("stage:1"));
    }

    private void write(Community.Wish wish) {
        script.once(
                "idea:" + wish.title(),
                () -> {
                    Idea idea =
                            ideas.write(
                                    script.member(wish.author()),
                                    wish.title(),
                                    wish.words(),
                                    Script.key("idea:" + wish.title()));
                    wish.supporters()
                            .forEach(alias -> ideas.support(script.member(alias), idea.id()));
                    return idea.id().toString();
                });
    }

    /** Its number, once its statement is published and everybody's seat can vote. */
    private long closeTheFirstEpoch() throws InterruptedException {
        script.until(() -> profit.newest().isPresent());
        String[] first =
                script.once(
                                "epoch:first",
                                () ->
                                        profit.newest()
                                                .map(one -> one.number() + " " + one.end())
                                                .orElseThrow())
                        .split(" ", 2);
        long number = Long.parseLong(first[0]);
        Instant voting =
                Community.PEOPLE.stream()
                        .map(this::votesFrom)
                        .reduce(Instant.EPOCH, PublicLife::later);
        calendar.reach(later(Instant.ofEpochSecond(Long.parseLong(first[1])), voting));
        script.until(() -> statement(number).filter(one -> one.publication() != null).isPresent());
        return number;
    }

    private Optional<EpochView> statement(long number) {
        return profit.epochs().stream().filter(one -> one.number() == number).findFirst();
    }

    private Instant votesFrom(Community.Person person) {
        return switch (standing(person)) {
            case SeatStanding.Seated seated -> seated.mayVoteFrom();
            case SeatStanding.OnItsWay _,
                    SeatStanding.Waiting _,
                    SeatStanding.TakenAway _,
                    SeatStanding.None _ ->
                    Instant.EPOCH;
        };
    }

    private SeatStanding standing(Community.Person person) {
        return seats.standing(script.member(person.alias()));
    }

    private ProposalId propose(String name, Community.Motion motion) throws InterruptedException {
        ProposalId id =
                ProposalId.parse(
                        script.once(
                                "motion:" + name,
                                () ->
                                        council.propose(
                                                        script.member(motion.proposer()),
                                                        List.of(drafting.rules(change(motion))),
                                                        motion.reason(),
                                                        Script.key("motion:" + name))
                                                .id()
                                                .toString()));
        script.await(motion.proposer());
        script.until(() -> council.proposal(id).isPresent());
        return id;
    }

    private static SortedMap<Rule, BigInteger> change(Community.Motion motion) {
        SortedMap<Rule, BigInteger> change = new TreeMap<>();
        change.put(motion.rule(), BigInteger.valueOf(motion.value()));
        return change;
    }

    /** Whoever comes back after the vote is over finds it as it was left. */
    private void vote(String name, ProposalId id, Community.Motion motion)
            throws InterruptedException {
        List<String> voters = new ArrayList<>(motion.inFavour());
        voters.addAll(motion.against());
        for (String voter : voters) {
            Vote choice = motion.against().contains(voter) ? Vote.AGAINST : Vote.FOR;
            String ballot = "ballot:" + name + ':' + voter;
            if (proposal(id).state() == ProposalState.ACTIVE) {
                script.once(
                        ballot,
                        () -> {
                            council.vote(script.member(voter), id, choice, Script.key(ballot));
                            return choice.key();
                        });
            }
        }
        script.until(() -> voters.stream().noneMatch(voter -> onItsWay(id, voter)));
    }

    private boolean onItsWay(ProposalId id, String voter) {
        return council.ballotOf(script.member(voter), id).filter(OwnBallot::underWay).isPresent();
    }

    private Proposal proposal(ProposalId id) {
        return council.proposal(id).orElseThrow();
    }

    private Timeline times(ProposalId id) {
        return proposal(id).times();
    }

    private Duration votingDelay() {
        return Duration.ofSeconds(rules.current().value(Rule.VOTING_DELAY).longValueExact());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
