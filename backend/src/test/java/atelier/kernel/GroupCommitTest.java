package atelier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of a door that notes who came with whom, and can be kept shut. */
final class GroupCommitTest {

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Doors doors = new Doors();

    @AfterEach
    void sendEverybodyHome() {
        doors.open.countDown();
        callers.close();
    }

    @Test
    void servesALoneCallerAtOnce() {
        doors.open.countDown();

        assertThat(new GroupCommit<>(doors, 1, 10).ask(1)).isEqualTo("1 together");
        assertThat(doors.groups).containsExactly(List.of(1));
    }

    @Test
    void servesTogetherThoseWhoCameMeanwhile() throws Exception {
        GroupCommit<Integer, String> groups = new GroupCommit<>(doors, 1, 10);
        Future<String> first = ask(groups, 1);
        await().until(() -> doors.groups.size() == 1);
        List<Future<String>> others = Stream.of(2, 3, 4).map(one -> ask(groups, one)).toList();
        await().until(() -> groups.waiting() == 3);

        doors.open.countDown();

        assertThat(first.get()).isEqualTo("1 together");
        assertThat(answers(others)).containsExactly("2 together", "3 together", "4 together");
        assertThat(doors.groups).hasSize(2);
        assertThat(doors.groups.getLast()).containsExactlyInAnyOrder(2, 3, 4);
    }

    @Test
    void servesNoMoreAtOnceThanAllowed() throws Exception {
        GroupCommit<Integer, String> groups = new GroupCommit<>(doors, 2, 3);
        List<Future<String>> all = new ArrayList<>();
        IntStream.range(0, 2).forEach(one -> all.add(ask(groups, one)));
        await().until(() -> doors.groups.size() == 2);
        IntStream.range(2, 10).forEach(one -> all.add(ask(groups, one)));
        await().until(() -> groups.waiting() == 8);
        assertThat(doors.groups).hasSize(2);

        doors.open.countDown();

        assertThat(answers(all)).allMatch(answer -> answer.endsWith("together"));
        assertThat(doors.groups).allMatch(group -> group.size() <= 3);
        assertThat(doors.mostInside).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void asksAloneWhatCannotBeDoneWithTheOthers() throws Exception {
        doors.open.countDown();
        GroupCommit<Integer, String> groups = new GroupCommit<>(doors, 1, 10);

        assertThat(groups.ask(Doors.LATER)).isEqualTo(Doors.LATER + " alone");
        assertThatThrownBy(() -> groups.ask(Doors.REFUSED)).isInstanceOf(Refused.class);
        assertThat(groups.ask(1)).isEqualTo("1 together");
    }

    @Test
    void asksEveryoneAloneWhereAGroupFails() throws Exception {
        GroupCommit<Integer, String> groups = new GroupCommit<>(doors, 1, 10);
        List<Future<String>> all = new ArrayList<>(List.of(ask(groups, 1)));
        await().until(() -> doors.groups.size() == 1);
        Stream.of(2, Doors.FAILS, 3).forEach(one -> all.add(ask(groups, one)));
        await().until(() -> groups.waiting() == 3);

        doors.open.countDown();

        assertThat(answers(all))
                .containsExactly("1 together", "2 alone", Doors.FAILS + " alone", "3 alone");
    }

    @Test
    void answersEveryoneWhoeverComesWhen() throws Exception {
        doors.open.countDown();
        GroupCommit<Integer, String> groups = new GroupCommit<>(doors, 2, 8);

        List<Future<String>> all =
                IntStream.range(0, 2_000).mapToObj(one -> ask(groups, one)).toList();

        assertThat(answers(all))
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(one -> one + " together").toList());
        assertThat(groups.waiting()).isZero();
    }

    private Future<String> ask(GroupCommit<Integer, String> groups, int question) {
        Callable<String> caller = () -> groups.ask(question);
        return callers.submit(caller);
    }

    private static List<String> answers(Collection<Future<String>> futures) throws Exception {
        List<String> answers = new ArrayList<>();
        for (Future<String> future : futures) {
            answers.add(future.get());
        }
        return answers;
    }

    /** Serves numbers, but for a few. */
    private static final class Doors implements GroupCommit.Door<Integer, String> {

        static final int LATER = -1;
        static final int REFUSED = -2;
        static final int FAILS = -3;

        final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger mostInside = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public List<Optional<String>> together(List<Integer> questions) {
            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
            groups.add(questions);
            awaitOpening();
            inside.decrementAndGet();
            if (questions.contains(FAILS)) {
                throw new IllegalStateException("Nothing was done");
            }
            return questions.stream().map(Doors::answer).toList();
        }

        private static Optional<String> answer(int question) {
            return question < 0 ? Optional.empty() : Optional.of(question + " together");
        }

        private void awaitOpening() {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String alone(Integer question) {
            if (question == REFUSED) {
                throw Refused.conflict("test.refused");
            }
            return question + " alone";
        }
    }
}
