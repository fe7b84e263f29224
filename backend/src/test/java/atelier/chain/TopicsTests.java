package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.contracts.AccessManager;
import atelier.contracts.Council;
import atelier.contracts.Directory;
import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Market;
import atelier.contracts.Points;
import atelier.contracts.ProfitShare;
import atelier.contracts.Ratchet;
import atelier.contracts.RuleBook;
import atelier.contracts.Seats;
import atelier.contracts.Supplies;
import atelier.contracts.TimelockController;
import atelier.contracts.Treasury;
import atelier.contracts.Works;
import atelier.contracts.Workshop;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

/** The signatures that topics are hashed from, held against the contracts' own. */
class TopicsTests {

    private static final List<Class<?>> CONTRACTS =
            List.of(
                    AccessManager.class,
                    Council.class,
                    Directory.class,
                    ERC2771Forwarder.class,
                    Market.class,
                    Points.class,
                    ProfitShare.class,
                    Ratchet.class,
                    RuleBook.class,
                    Seats.class,
                    Supplies.class,
                    TimelockController.class,
                    Treasury.class,
                    Works.class,
                    Workshop.class);

    @Test
    void everyTopicIsThatOfAnEventOfTheContracts() {
        Map<String, String> events =
                CONTRACTS.stream()
                        .flatMap(TopicsTests::constants)
                        .filter(Event.class::isInstance)
                        .map(Event.class::cast)
                        .collect(
                                Collectors.toMap(
                                        EventEncoder::encode, Event::getName, (one, _) -> one));

        assertThat(constants(Topics.class)).isNotEmpty();
        assertThat(constants(Topics.class)).map(Object::toString).isSubsetOf(events.keySet());
    }

    private static Stream<Object> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(TopicsTests::value);
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
