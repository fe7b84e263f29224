package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small community that does anything at all for some epochs: deals with itself, remixes remixes,
 * closes late, changes rules and seats, refuses statements. The same seed lives the same life.
 */
final class RandomLife {

    private static final ShareDomain DOMAIN = new ShareDomain(31_337, someone(0xff));
    private static final List<Address> MARKETS = List.of(someone(0xf1), someone(0xf2));
    private static final List<Address> WORKSHOPS = List.of(someone(0xe1), someone(0xe2));
    private static final int RECIPES = 4;
    private static final int SUPPLIES = 3;
    private static final int SEATS = 8;
    private static final BigInteger NEAR_2_96 = BigInteger.TWO.pow(96).subtract(BigInteger.TEN);

    private final Random random;
    private final List<Fact> facts = new ArrayList<>();
    private final List<WorkId> works = new ArrayList<>();
    private final Address[] seats = new Address[SEATS];
    private final int people;
    private final int rarity;
    private final boolean weightless;
    private long block = 1;
    private long time = 1_000;
    private int index;
    private long version = 1;
    private long ends;
    private long number;

    private RandomLife(long seed) {
        this.random = new Random(seed);
        this.people = 1 + random.nextInt(12);
        this.rarity = 2 + random.nextInt(60);
        this.weightless = random.nextInt(20) == 0;
        Arrays.fill(seats, Address.ZERO);
    }

    static History of(long seed, int epochs) {
        RandomLife life = new RandomLife(seed);
        life.found();
        for (int i = 0; i < epochs; i++) {
            life.liveOn();
        }
        life.vote();
        return new History(DOMAIN, List.copyOf(life.facts));
    }

    static Address someone(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) (number * 37);
        bytes[Address.LENGTH - 1] = (byte) number;
        return Address.of(bytes);
    }

    private void found() {
        ProfitRules.USED.forEach(rule -> add(new Fact.RuleChanged(next(), 1, rule, value(rule))));
        for (int i = 1; i <= SUPPLIES; i++) {
            define(i);
        }
        for (int i = 1; i <= RECIPES; i++) {
            for (Address workshop : WORKSHOPS) {
                propose(workshop, i);
            }
        }
        open(time + random.nextInt(3));
        IntStream.range(0, random.nextInt(SEATS)).forEach(_ -> seat());
    }

    /** Does some things, and opens the next epoch, sometimes long after the last was over. */
    private void liveOn() {
        int things = random.nextInt(4) == 0 ? 0 : random.nextInt(50);
        for (int i = 0; i < things; i++) {
            pass(random.nextInt(40));
            act();
        }
        if (time < ends) {
            pass((int) (ends - time));
        }
        pass(random.nextInt(3));
        open(ends);
    }

    private void open(long start) {
        ends = start + 1 + random.nextInt(1_000);
        add(new Fact.EpochOpened(next(), ++number, start, ends));
    }

    private void act() {
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> sell();
            case 3, 4 -> buy();
            case 5, 6, 7 -> make();
            case 8, 9 -> seat();
            case 10 -> add(new Fact.CostPaid(next(), kind(), person(), amount(), hash()));
            case 11 -> add(new Fact.Collected(next(), kind(), amount(), hash()));
            case 12 -> add(new Fact.Spent(next(), person(), amount()));
            case 13 -> sayAgain();
            default -> change();
        }
    }

    /**
     * What only counts once, or counts as it was said last; a work may even descend from itself.
     */
    private void sayAgain() {
        switch (random.nextInt(3)) {
            case 0 -> define(1 + random.nextInt(SUPPLIES));
            case 1 -> propose(workshop(), 1 + random.nextInt(RECIPES));
            default -> {
                if (!works.isEmpty()) {
                    WorkId work = works.get(random.nextInt(works.size()));
                    add(new Fact.Remixed(next(), work, parents()));
                }
            }
        }
    }

    private void define(int supply) {
        add(new Fact.SupplyDefined(next(), new SupplyId(supply), random.nextInt(3)));
    }

    private void propose(Address workshop, int recipe) {
        add(new Fact.RecipeProposed(next(), workshop, new RecipeId(recipe), person()));
    }

    private void sell() {
        if (works.isEmpty()) {
            return;
        }
        WorkId work = works.get(random.nextInt(works.size()));
        Hash32 order = hash();
        int promotions = Math.max(0, random.nextInt(5) - 2);
        for (int i = 0; i < promotions; i++) {
            add(
                    new Fact.Promoted(
                            next(), market(), random.nextInt(4) == 0 ? hash() : order, person()));
        }
        if (random.nextInt(8) == 0) {
            pass(1);
        }
        add(new Fact.Sold(next(), market(), order, work, person(), person(), amount()));
    }

    private void buy() {
        SupplyId supply = new SupplyId(1 + random.nextInt(SUPPLIES));
        add(new Fact.Bought(next(), person(), supply, person(), pieces(), amount()));
    }

    private void make() {
        Address creator = person();
        RecipeId recipe = new RecipeId(1 + random.nextInt(RECIPES));
        WorkId work = WorkId.of(recipe, creator, works.size() + 1L);
        if (!works.isEmpty() && random.nextInt(3) > 0) {
            add(new Fact.Remixed(next(), work, parents()));
        }
        works.add(work);
        add(new Fact.Crafted(next(), workshop(), recipe, creator, amount()));
    }

    /** Rather late ones, so that lines of descent get long. */
    private List<WorkId> parents() {
        return Stream.generate(() -> works.size() - 1 - random.nextInt(Math.min(3, works.size())))
                .limit(random.nextInt(4))
                .map(works::get)
                .toList();
    }

    private void seat() {
        int seat = random.nextInt(SEATS);
        boolean taken = !seats[seat].equals(Address.ZERO);
        Address to =
                taken && random.nextInt(4) == 0
                        ? Address.ZERO
                        : someone(1 + random.nextInt(people));
        add(new Fact.SeatMoved(next(), seats[seat], to, BigInteger.valueOf(seat + 1L)));
        seats[seat] = to;
    }

    private void change() {
        int rule = ProfitRules.USED.get(random.nextInt(ProfitRules.USED.size()));
        add(new Fact.RuleChanged(next(), ++version, rule, value(rule)));
    }

    /** Cancels some statements, and some that are not these: of another root, or another epoch. */
    private void vote() {
        for (int i = 0; i < number - 1; i++) {
            if (random.nextInt(6) == 0) {
                Hash32 root = Statements.of(DOMAIN, facts).get(i).tree().root();
                long epoch = random.nextInt(5) == 0 ? number : i + 1L;
                add(new Fact.Cancelled(next(), epoch, random.nextInt(5) == 0 ? hash() : root));
            }
        }
    }

    private Fact.Place next() {
        if (random.nextInt(3) == 0) {
            pass(0);
        }
        return new Fact.Place(block, time, index++);
    }

    private void pass(int seconds) {
        block++;
        time += seconds;
        index = random.nextInt(3);
    }

    private void add(Fact fact) {
        facts.add(fact);
    }

    private Address person() {
        return random.nextInt(100) == 0 ? Address.ZERO : someone(1 + random.nextInt(people));
    }

    private Address market() {
        return MARKETS.get(random.nextInt(10) == 0 ? 1 : 0);
    }

    private Address workshop() {
        return WORKSHOPS.get(random.nextInt(WORKSHOPS.size()));
    }

    private int kind() {
        return 1 + random.nextInt(5);
    }

    private Hash32 hash() {
        byte[] bytes = new byte[Hash32.LENGTH];
        random.nextBytes(bytes);
        return Hash32.of(bytes);
    }

    private BigInteger pieces() {
        return random.nextInt(rarity) == 0
                ? NEAR_2_96.add(BigInteger.valueOf(random.nextInt(20)))
                : BigInteger.valueOf(random.nextInt(1_000));
    }

    private TokenAmount amount() {
        return random.nextInt(5) == 0
                ? TokenAmount.ofUnits(random.nextInt(4))
                : new TokenAmount(pieces().multiply(BigInteger.valueOf(1L + random.nextInt(2))));
    }

    /** Often nothing or the whole; where nobody's work weighs anything, no role's does. */
    private BigInteger value(int rule) {
        if (weightless && rule > ProfitRules.PROFIT_SHARE && rule < ProfitRules.ANCESTOR_RATIO) {
            return BigInteger.ZERO;
        }
        int most = rule == ProfitRules.WAITING_TIME ? 500 : 10_000;
        return BigInteger.valueOf(
                switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> most;
                    default -> random.nextInt(most);
                });
    }
}
