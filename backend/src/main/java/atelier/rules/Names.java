package atelier.rules;

import atelier.kernel.Address;
import java.util.Collection;
import java.util.Map;

/** Who stands behind accounts; implemented where members are known. */
public interface Names {

    /** Names of those accounts that anyone is known behind; the others are left out. */
    Map<Address, String> of(Collection<Address> accounts);
}
