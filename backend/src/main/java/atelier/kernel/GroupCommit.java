package atelier.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Callers who come while others are being served are served together next, by one of them: a
 * hundred then cost little more than one. Who comes alone is served at once. What is not plainly in
 * order is asked once more by its own caller, alone, so nobody fails for another's sake.
 */
public final class GroupCommit<Q, A> {

    /** What stands behind: one way for many, one for a single question. */
    public interface Door<Q, A> {

        /**
         * Does what can be done of these, in their order, and without waiting for what somebody
         * else is doing; all of it in one transaction.
         *
         * @return an answer to each, in their order; none for one that is to be asked alone
         * @throws RuntimeException if nothing was done
         */
        List<Optional<A>> together(List<Q> questions);

        /** Answers one, whatever it takes; may find it done. */
        A alone(Q question);
    }

    /** What a caller who waits is told: to serve the next group, or that theirs has been served. */
    private enum Turn {
        LEAD,
        SERVED
    }

    private static final class Seat<Q, A> {

        private final Q question;
        private final CompletableFuture<Turn> turn = new CompletableFuture<>();
        private volatile Optional<A> answer = Optional.empty();

        Seat(Q question) {
            this.question = question;
        }
    }

    private final Door<Q, A> door;
    private final int groups;
    private final int size;
    private final Queue<Seat<Q, A>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * @param groups most groups that are served at the same time
     * @param size most callers in a group
     */
    public GroupCommit(Door<Q, A> door, int groups, int size) {
        this.door = door;
        this.groups = groups;
        this.size = size;
    }

    /** Answers as {@link Door#alone} does, whoever else is asking. */
    public A ask(Q question) {
        Seat<Q, A> seat = new Seat<>(question);
        if (mayLead(seat) || seat.turn.join() == Turn.LEAD) {
            lead(seat);
        }
        return seat.answer.orElseGet(() -> door.alone(question));
    }

    /** How many have not been taken into a group yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private boolean mayLead(Seat<Q, A> seat) {
        synchronized (waiting) {
            if (underWay == groups) {
                waiting.add(seat);
                return false;
            }
            underWay++;
            return true;
        }
    }

    private void lead(Seat<Q, A> leader) {
        List<Seat<Q, A>> group = gather(leader);
        try {
            answer(group);
        } finally {
            passOn();
            group.forEach(seat -> seat.turn.complete(Turn.SERVED));
        }
    }

    private List<Seat<Q, A>> gather(Seat<Q, A> leader) {
        List<Seat<Q, A>> group = new ArrayList<>();
        group.add(leader);
        synchronized (waiting) {
            while (group.size() < size && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
        }
        return group;
    }

    private void answer(List<Seat<Q, A>> group) {
        List<Optional<A>> answers = answers(group.stream().map(seat -> seat.question).toList());
        for (int i = 0; i < answers.size(); i++) {
            group.get(i).answer = answers.get(i);
        }
    }

    /** What was in the way of all shows again to those whom it concerns, once they ask alone. */
    private List<Optional<A>> answers(List<Q> questions) {
        try {
            return door.together(questions);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private void passOn() {
        synchronized (waiting) {
            Seat<Q, A> next = waiting.poll();
            if (next == null) {
                underWay--;
            } else {
                next.turn.complete(Turn.LEAD);
            }
        }
    }
}
