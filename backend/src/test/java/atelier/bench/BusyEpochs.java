package atelier.bench;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.profit.Fact;
import atelier.profit.ProfitRules;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The facts of epochs in which everybody has a seat and does something, or nobody anything. */
final class BusyEpochs {

    private static final long LENGTH = 604_800;
    private static final int SUPPLIES = 500;
    private static final int RECIPES = 2_000;
    private static final int WORKS_BEFORE = 1_000;
    private static final Address CONTRACT = someone(0);

    private final SplittableRandom random = new SplittableRandom(4);
    private final List<Fact> facts = new ArrayList<>();
    private final List<WorkId> works = new ArrayList<>();
    private final List<Address> members;
    private final BigInteger unit;
    private long block = 1;
    private long time = LENGTH;
    private int index;

    private BusyEpochs(int members, BigInteger unit) {
        this.unit = unit;
        this.members = new ArrayList<>(members);
        for (int i = 0; i < members; i++) {
            this.members.add(someone(i + 1));
        }
    }

    /** So many facts in each epoch; in the first a seat for each member is among them. */
    static List<Fact> of(int members, int epochs, int factsEach) {
        return of(members, epochs, factsEach, BigInteger.ONE);
    }

    /** The same with every amount of points so many times as high. */
    static List<Fact> of(int members, int epochs, int factsEach, BigInteger unit) {
        BusyEpochs all = new BusyEpochs(members, unit);
        all.found();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int before = all.facts.size();
            all.open(epoch);
            if (epoch == 1) {
                all.seat();
            }
            while (all.facts.size() - before < factsEach) {
                all.act(epoch, (all.facts.size() - before) / (double) factsEach);
            }
        }
        all.open(epochs + 1);
        return all.facts;
    }

    /** Zero is a contract. */
    private static Address someone(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(Address.LENGTH);
        bytes.putInt(number * 0x9E37_79B9).putLong(number * 0x9E37_79B9_7F4A_7C15L);
        return Address.of(bytes.putInt(16, number).array());
    }

    private void found() {
        for (int rule : ProfitRules.USED) {
            facts.add(new Fact.RuleChanged(next(), 1, rule, BigInteger.valueOf(1_000)));
        }
        for (int i = 1; i <= SUPPLIES; i++) {
            facts.add(new Fact.SupplyDefined(next(), new SupplyId(i), i % 2));
        }
        for (int i = 1; i <= RECIPES; i++) {
            facts.add(new Fact.RecipeProposed(next(), CONTRACT, new RecipeId(i), member()));
        }
        for (int i = 1; i <= WORKS_BEFORE; i++) {
            works.add(WorkId.of(recipe(), member(), i));
        }
    }

    private void open(int epoch) {
        block++;
        time = LENGTH * epoch;
        facts.add(new Fact.EpochOpened(next(), epoch, time, time + LENGTH));
    }

    private void seat() {
        for (int i = 0; i < members.size(); i++) {
            facts.add(
                    new Fact.SeatMoved(
                            next(), Address.ZERO, members.get(i), BigInteger.valueOf(i + 1L)));
        }
    }

    private void act(int epoch, double done) {
        time = LENGTH * epoch + (long) (done * (LENGTH - 1));
        block++;
        index = 0;
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> sell();
            case 4 -> buy();
            default -> make();
        }
    }

    private void sell() {
        WorkId work = works.get(random.nextInt(works.size()));
        facts.add(new Fact.Sold(next(), CONTRACT, order(), work, member(), member(), amount()));
    }

    private void buy() {
        facts.add(
                new Fact.Bought(
                        next(),
                        member(),
                        new SupplyId(1 + random.nextInt(SUPPLIES)),
                        member(),
                        BigInteger.valueOf(1 + random.nextInt(9)),
                        amount()));
    }

    /** Every third work is made after two others. */
    private void make() {
        WorkId work = WorkId.of(recipe(), member(), works.size() + 1L);
        if (random.nextInt(3) == 0) {
            facts.add(new Fact.Remixed(next(), work, List.of(earlier(), earlier())));
        }
        works.add(work);
        facts.add(new Fact.Crafted(next(), CONTRACT, work.recipe(), work.creator(), amount()));
    }

    private WorkId earlier() {
        return works.get(random.nextInt(works.size()));
    }

    private Hash32 order() {
        ByteBuffer bytes = ByteBuffer.allocate(Hash32.LENGTH);
        return Hash32.of(bytes.putLong(random.nextLong()).putLong(block).array());
    }

    private RecipeId recipe() {
        return new RecipeId(1L + random.nextInt(RECIPES));
    }

    /** A contract stands in where there are none. */
    private Address member() {
        return members.isEmpty() ? CONTRACT : members.get(random.nextInt(members.size()));
    }

    private TokenAmount amount() {
        return new TokenAmount(unit.multiply(BigInteger.valueOf(1L + random.nextInt(100_000))));
    }

    private Fact.Place next() {
        return new Fact.Place(block, time, index++);
    }
}
