package atelier.governance;

import atelier.rules.Rule;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** What other rules would have meant for those who live here; implemented where that is known. */
public interface Foresight {

    /**
     * The address of a page whose part {@code #replay} shows what these numbers would have meant;
     * nothing where they would have meant nothing.
     */
    Optional<String> of(Map<Rule, BigInteger> wished);
}
