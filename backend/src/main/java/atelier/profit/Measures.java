package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** What each account did in an epoch by one role; of nothing there is no entry. */
final class Measures {

    private final Map<Address, BigInteger> byAccount = new HashMap<>();
    private BigInteger sum = BigInteger.ZERO;

    void add(Address account, BigInteger measure) {
        if (measure.signum() > 0 && !account.equals(Address.ZERO)) {
            byAccount.merge(account, measure, BigInteger::add);
            sum = sum.add(measure);
        }
    }

    Map<Address, BigInteger> byAccount() {
        return byAccount;
    }

    BigInteger sum() {
        return sum;
    }

    boolean isEmpty() {
        return byAccount.isEmpty();
    }
}
