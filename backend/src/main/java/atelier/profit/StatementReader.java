package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads a statement's text back, what {@link StatementText} wrote. */
final class StatementReader {

    /** The fields of an account's line that are not its shares by role. */
    private static final int BEFORE_ROLES = 5;

    private final List<Line> accounts = new ArrayList<>();
    private final List<IncomeLine> income = new ArrayList<>();
    private final List<Fact.CostPaid> costs = new ArrayList<>();
    private final List<Fact.Spent> spent = new ArrayList<>();
    private final List<RoleShare> roles = new ArrayList<>();
    private final TreeMap<Integer, BigInteger> rules = new TreeMap<>();
    private long chainId;
    private Address profitShare = Address.ZERO;
    private Epoch epoch = new Epoch(0, 0, 0);
    private TokenAmount lossBefore = TokenAmount.ZERO;
    private TokenAmount lossAfter = TokenAmount.ZERO;
    private TokenAmount share = TokenAmount.ZERO;
    private TokenAmount brought = TokenAmount.ZERO;
    private TokenAmount commonsPart = TokenAmount.ZERO;

    private StatementReader() {}

    /**
     * The statement without its accounts; of an event's place it knows no time.
     *
     * @param text all of it, or what stands before the accounts
     */
    static Statement head(byte[] text) {
        return read(text, line -> !line.startsWith("account "));
    }

    /**
     * The statement with its accounts; of an event's place it knows no time.
     *
     * @throws IllegalArgumentException if this is not what is written of what it says, root and
     *     sums included
     */
    static Statement whole(byte[] text) {
        Statement read;
        try {
            read = read(text, _ -> true);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a line ends too early", e);
        }
        if (!Arrays.equals(read.text(), text)) {
            throw new IllegalArgumentException("its text does not follow from what it says");
        }
        return read;
    }

    private static Statement read(byte[] text, Predicate<String> wanted) {
        StatementReader reader = new StatementReader();
        new String(text, StandardCharsets.US_ASCII)
                .lines()
                .filter(wanted)
                .map(line -> line.split(" ", -1))
                .forEach(reader::take);
        return reader.statement();
    }

    private void take(String[] line) {
        switch (line[0]) {
            case "chain" -> chainId = Long.parseLong(line[1]);
            case "contract" -> profitShare = Address.parse(line[1]);
            case "epoch" ->
                    epoch =
                            new Epoch(
                                    Long.parseLong(line[1]),
                                    Long.parseLong(line[2]),
                                    Long.parseLong(line[3]));
            case "rule" -> rules.put(Integer.valueOf(line[1]), new BigInteger(line[2]));
            case "income" ->
                    income.add(
                            new IncomeLine(
                                    Integer.parseInt(line[1]),
                                    Hash32.parse(line[2]),
                                    Long.parseLong(line[3]),
                                    amount(line[4])));
            case "cost" ->
                    costs.add(
                            new Fact.CostPaid(
                                    place(line),
                                    Integer.parseInt(line[3]),
                                    Address.parse(line[4]),
                                    amount(line[5]),
                                    Hash32.parse(line[6])));
            case "spent" ->
                    spent.add(new Fact.Spent(place(line), Address.parse(line[3]), amount(line[4])));
            case "loss" -> {
                lossBefore = amount(line[1]);
                lossAfter = amount(line[2]);
            }
            case "pool" -> {
                share = amount(line[1]);
                brought = amount(line[2]);
            }
            case "role" ->
                    roles.add(
                            new RoleShare(
                                    Role.valueOf(line[1].toUpperCase(Locale.ROOT)),
                                    amount(line[2]),
                                    new BigInteger(line[3]),
                                    amount(line[4]),
                                    amount(line[5])));
            case "commons" -> commonsPart = amount(line[1]);
            case "account" -> accounts.add(account(line));
            default -> {} // sums of what stands above
        }
    }

    private static Line account(String[] line) {
        Map<Role, TokenAmount> byRole = new EnumMap<>(Role.class);
        for (int i = 0; i < Role.OF_ACCOUNTS.size(); i++) {
            TokenAmount share = amount(line[BEFORE_ROLES + i]);
            if (share.signum() > 0) {
                byRole.put(Role.OF_ACCOUNTS.get(i), share);
            }
        }
        return new Line(Integer.parseInt(line[1]), Address.parse(line[2]), amount(line[3]), byRole);
    }

    private static Fact.Place place(String[] line) {
        return new Fact.Place(Long.parseLong(line[1]), 0, Integer.parseInt(line[2]));
    }

    private static TokenAmount amount(String units) {
        return new TokenAmount(new BigInteger(units));
    }

    private Statement statement() {
        return new Statement(
                new ShareDomain(chainId, profitShare),
                epoch,
                new ProfitRules(rules),
                List.copyOf(income),
                List.copyOf(costs),
                List.copyOf(spent),
                lossBefore,
                lossAfter,
                share,
                brought,
                List.copyOf(roles),
                commonsPart,
                Collections.unmodifiableList(accounts));
    }
}
