package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;

/** Is told what each fact of an epoch brings whom; some of it may be nothing. */
interface Witness {

    Witness NONE = (_, _, _, _, _) -> {};

    void sees(Epoch epoch, Address account, Role role, Fact fact, BigInteger measure);
}
