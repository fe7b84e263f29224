package atelier.profit;

import atelier.kernel.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everybody whom facts name, numbered as they are first met, so that what they did can be added up
 * in arrays. These are not the numbers that accounts have in a statement.
 */
final class Accounts {

    /** Whom nothing can be given to: the zero address, and whoever was never met. */
    static final int NOBODY = 0;

    private final Map<Address, Integer> numbers = new HashMap<>();
    private final List<Address> accounts = new ArrayList<>();

    Accounts() {
        number(Address.ZERO);
    }

    /** An account's number; a new one has the next. */
    int number(Address account) {
        Integer known = numbers.get(account);
        return known == null ? append(account) : known;
    }

    private int append(Address account) {
        int number = accounts.size();
        numbers.put(account, number);
        accounts.add(account);
        return number;
    }

    /** An account's number if it was met, else {@link #NOBODY}. */
    int find(Address account) {
        return numbers.getOrDefault(account, NOBODY);
    }

    Address account(int number) {
        return accounts.get(number);
    }

    /** One more than the highest number. */
    int size() {
        return accounts.size();
    }
}
