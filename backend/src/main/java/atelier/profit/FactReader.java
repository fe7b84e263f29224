package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/** Reads from a contract's log the fact that it states: the table of the specification. */
public final class FactReader {

    /** What a statement reads of one kind of contract, by its first topic. */
    private record Event(ContractKind contract, Hash32 topic) {}

    private interface Reading {
        Fact of(ContractLog log, Address contract, Fact.Place place);
    }

    private static final Map<Event, Reading> READINGS = new LinkedHashMap<>();

    static {
        reads(
                ContractKind.RULE_BOOK,
                "RuleChanged(uint32,uint8,uint128,uint128,uint64,address)",
                FactReader::ruleChanged);
        reads(ContractKind.TREASURY, "EpochOpened(uint32,uint48,uint48)", FactReader::epochOpened);
        reads(
                ContractKind.TREASURY,
                "Collected(uint8,address,uint256,bytes32)",
                FactReader::collected);
        reads(
                ContractKind.TREASURY,
                "CostPaid(uint32,uint8,address,uint256,string,bytes32)",
                FactReader::costPaid);
        reads(ContractKind.TREASURY, "Spent(address,uint256,string)", FactReader::spent);
        reads(
                ContractKind.SUPPLIES,
                "SupplyDefined(uint256,uint8,address,uint256,string)",
                FactReader::supplyDefined);
        reads(
                ContractKind.WORKSHOP,
                "RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)",
                FactReader::recipeProposed);
        reads(
                ContractKind.WORKSHOP,
                "Bought(address,uint256,address,uint256,uint256,uint256)",
                FactReader::bought);
        reads(
                ContractKind.WORKSHOP,
                "Crafted(uint256,uint64,address,uint256,uint256)",
                FactReader::crafted);
        reads(
                ContractKind.MARKET,
                "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,uint256,uint256)",
                FactReader::sold);
        reads(ContractKind.MARKET, "Promoted(bytes32,address)", FactReader::promoted);
        reads(ContractKind.WORKS, "Remixed(uint256,uint256[])", FactReader::remixed);
        reads(ContractKind.SEATS, "Transfer(address,address,uint256)", FactReader::seatMoved);
        reads(
                ContractKind.PROFIT_SHARE,
                "Cancelled(uint32,bytes32,uint256)",
                FactReader::cancelled);
    }

    private FactReader() {}

    /** The first topics of all events that are read of a kind of contract. */
    public static Set<Hash32> topics(ContractKind contract) {
        return READINGS.keySet().stream()
                .filter(event -> event.contract() == contract)
                .map(Event::topic)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The fact that a log states, if it states one.
     *
     * @param contract where the contract is that said it
     * @throws IllegalArgumentException if the log says what no contract of ours can say
     */
    public static Optional<Fact> read(ContractLog log, Address contract) {
        if (log.topics().isEmpty()) {
            return Optional.empty();
        }
        Reading reading = READINGS.get(new Event(log.contract(), log.topics().getFirst()));
        return reading == null ? Optional.empty() : Optional.of(read(reading, log, contract));
    }

    private static Fact read(Reading reading, ContractLog log, Address contract) {
        try {
            return reading.of(
                    log,
                    contract,
                    new Fact.Place(log.block(), log.time().getEpochSecond(), log.index()));
        } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Log %d of block %d cannot be read: %s"
                            .formatted(log.index(), log.block(), e.getMessage()),
                    e);
        }
    }

    private static Fact ruleChanged(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.RuleChanged(
                at,
                log.numberTopic(1).longValueExact(),
                log.numberTopic(2).intValueExact(),
                log.number(1));
    }

    private static Fact epochOpened(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.EpochOpened(
                at,
                log.numberTopic(1).longValueExact(),
                log.number(0).longValueExact(),
                log.number(1).longValueExact());
    }

    private static Fact collected(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Collected(
                at, log.numberTopic(1).intValueExact(), amount(log, 0), log.topics().get(3));
    }

    private static Fact costPaid(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.CostPaid(
                at,
                log.numberTopic(2).intValueExact(),
                log.addressTopic(3),
                amount(log, 0),
                Hash32.of(log.bytes(2)));
    }

    private static Fact spent(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Spent(at, log.addressTopic(1), amount(log, 0));
    }

    private static Fact supplyDefined(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.SupplyDefined(at, supply(log, 1), log.number(0).intValueExact());
    }

    private static Fact recipeProposed(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.RecipeProposed(at, contract, recipe(log, 1), log.addressTopic(2));
    }

    private static Fact bought(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Bought(
                at,
                log.addressTopic(1),
                supply(log, 2),
                log.addressTopic(3),
                log.number(0),
                amount(log, 2));
    }

    private static Fact crafted(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Crafted(at, contract, recipe(log, 2), log.addressTopic(3), amount(log, 1));
    }

    private static Fact sold(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Sold(
                at,
                contract,
                log.topics().get(1),
                new WorkId(log.numberTopic(2)),
                log.addressTopic(3),
                log.address(0),
                amount(log, 7));
    }

    private static Fact promoted(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Promoted(at, contract, log.topics().get(1), log.addressTopic(2));
    }

    private static Fact remixed(ContractLog log, Address contract, Fact.Place at) {
        List<WorkId> parents = log.numbers(0).stream().map(WorkId::new).toList();
        return new Fact.Remixed(at, new WorkId(log.numberTopic(1)), parents);
    }

    private static Fact seatMoved(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.SeatMoved(at, log.addressTopic(1), log.addressTopic(2), log.numberTopic(3));
    }

    private static Fact cancelled(ContractLog log, Address contract, Fact.Place at) {
        return new Fact.Cancelled(at, log.numberTopic(1).longValueExact(), log.topics().get(2));
    }

    private static TokenAmount amount(ContractLog log, int word) {
        return new TokenAmount(log.number(word));
    }

    private static SupplyId supply(ContractLog log, int topic) {
        return new SupplyId(log.numberTopic(topic).longValueExact());
    }

    private static RecipeId recipe(ContractLog log, int topic) {
        return new RecipeId(log.numberTopic(topic).longValueExact());
    }

    private static void reads(ContractKind contract, String event, Reading reading) {
        Hash32 topic = Hash32.of(Hash.sha3(event.getBytes(US_ASCII)));
        READINGS.put(new Event(contract, topic), reading);
    }
}
