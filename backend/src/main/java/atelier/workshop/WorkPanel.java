package atelier.workshop;

import atelier.kernel.MemberId;
import java.util.Map;
import java.util.Optional;

/**
 * A part that another module adds to a work's page, such as what it costs and how to buy it.
 * Implemented as a bean by the module that knows; beans are asked in their {@code @Order}.
 */
public interface WorkPanel {

    /** What this module has to show to this viewer; nothing if nothing. */
    Optional<Panel> of(WorkView work, Optional<MemberId> viewer);

    /**
     * A Thymeleaf fragment and what it draws.
     *
     * @param fragment such as {@code market/panel :: panel}; the page inserts {@code ~{fragment}}
     * @param model set as the attribute {@code panel}, which the fragment reads
     */
    record Panel(String fragment, Map<String, Object> model) {

        public Panel {
            model = Map.copyOf(model);
        }
    }
}
