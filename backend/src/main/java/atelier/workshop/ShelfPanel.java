package atelier.workshop;

import atelier.kernel.MemberId;
import java.util.Optional;

/**
 * What another module has to tell members above their own works, such as an offer that waits for
 * them. Implemented as a bean by the module that knows; beans are asked in their {@code @Order}.
 */
public interface ShelfPanel {

    /** What this module has to tell them; nothing if nothing. */
    Optional<WorkPanel.Panel> of(MemberId owner);
}
