package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.web3j.crypto.Hash;

/**
 * The door to who may change what here: stages that only rise, from those who run the place to
 * those who live in it.
 */
@Component
public class Ratchet {

    /** The last stage, with nobody over the council. */
    public static final int LAST_STAGE = 3;

    /** A stage that was reached, and when. */
    public record Reached(int stage, Instant at, long block) {}

    /**
     * Who may cancel proposals.
     *
     * @param account null once nobody may
     * @param until when the term ends by itself
     */
    public record Guardian(@Nullable Address account, Instant until) {}

    /**
     * Who votes with which keys.
     *
     * @param seats that are somebody's
     * @param held those of them whose keys are kept here, by whoever runs the place
     */
    public record Keys(long seats, long held) {}

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int MOST_SEATS = 1 << 20;
    private static final BigInteger PROPOSER =
            new BigInteger(1, Hash.sha3("PROPOSER_ROLE".getBytes(StandardCharsets.US_ASCII)));

    private final PowerRows rows;
    private final SeatRows seats;
    private final GuardianTerm guardian;
    private final Contracts contracts;
    private final Vault vault;
    private final Intents intents;
    private final CouncilClock chain;
    private final Clock clock;

    Ratchet(
            PowerRows rows,
            SeatRows seats,
            GuardianTerm guardian,
            Contracts contracts,
            Vault vault,
            Intents intents,
            CouncilClock chain,
            Clock clock) {
        this.rows = rows;
        this.seats = seats;
        this.guardian = guardian;
        this.contracts = contracts;
        this.vault = vault;
        this.intents = intents;
        this.chain = chain;
        this.clock = clock;
    }

    /** The stage reached; nothing until the mirror has it. */
    public Optional<Integer> stage() {
        return reached().stream().map(Reached::stage).max(Comparator.naturalOrder());
    }

    /** Every stage that was reached, the first one first. */
    public List<Reached> reached() {
        return rows.stages().stream()
                .map(one -> new Reached(one.stage(), one.at(), one.block()))
                .toList();
    }

    /** How long what was decided waits before it is done. */
    public Duration delay() {
        return rows.delay().orElse(Duration.ZERO);
    }

    /** Whether operators may propose to the timelock, as the timelock has it. */
    public boolean operatorsPropose() {
        return proposes(ContractKind.RATCHET);
    }

    /** Whether the council may propose to the timelock, as the timelock has it. */
    public boolean councilProposes() {
        return proposes(ContractKind.COUNCIL);
    }

    private boolean proposes(ContractKind contract) {
        return contracts.deployed() && rows.timelockGave(PROPOSER, contracts.address(contract));
    }

    /**
     * Who may do what now, in the order of duties.
     *
     * @throws Refused {@code chain.deploying}
     */
    public List<Power> powers() {
        Map<Address, ContractKind> kinds = contracts.kinds();
        Map<Long, List<PowerRows.Holder>> holders = new LinkedHashMap<>();
        rows.holders()
                .forEach(one ->
                        holders.computeIfAbsent(one.role(), _ -> new ArrayList<>()).add(one));
        Map<Duty, Map<Long, Power>> known = new EnumMap<>(Duty.class);
        List<Power> others = new ArrayList<>();
        for (PowerRows.Placed placed : rows.functions()) {
            ContractKind kind = kinds.get(placed.target());
            List<PowerRows.Holder> who = holders.getOrDefault(placed.role(), List.of());
            Optional<Duty> duty =
                    kind == null ? Optional.empty() : Duty.of(kind, placed.selector());
            duty.ifPresentOrElse(
                    found ->
                            known.computeIfAbsent(found, _ -> new LinkedHashMap<>())
                                    .put(
                                            placed.role(),
                                            power(found.key(), found, placed.role(), who)),
                    () -> others.add(power(name(kind, placed), null, placed.role(), who)));
        }
        List<Power> powers =
                new ArrayList<>(
                        known.values().stream().flatMap(one -> one.values().stream()).toList());
        powers.addAll(others);
        return powers;
    }

    private Power power(
            String name, @Nullable Duty duty, long number, List<PowerRows.Holder> holders) {
        Power.Role role = Power.Role.numbered(number);
        boolean decided = role == Power.Role.COMMUNITY;
        long own = holders.stream().mapToLong(PowerRows.Holder::delay).min().orElse(0);
        return new Power(
                name,
                duty != null,
                role,
                holders.stream().map(PowerRows.Holder::account).toList(),
                decided && duty != null && duty.operated() && operatorsPropose(),
                decided && councilProposes(),
                // Whoever acts through the timelock waits there.
                decided ? delay() : Duration.ofSeconds(own));
    }

    private static String name(@Nullable ContractKind kind, PowerRows.Placed placed) {
        String contract = kind == null ? placed.target().toString() : kind.directoryName();
        return contract + " " + Bytes.hex(placed.selector());
    }

    /** Who may cancel proposals; nothing while the chain has not said. */
    public Optional<Guardian> guardian() {
        return guardian.read()
                .map(term -> {
                    boolean over =
                            stage().orElse(0) >= LAST_STAGE || !term.until().isAfter(chain.now());
                    return new Guardian(over ? null : term.account(), term.until());
                });
    }

    /** How many of the seats vote with keys that are kept here. */
    public Keys keys() {
        List<Address> accounts =
                seats.standing(Long.MAX_VALUE, 0, MOST_SEATS).stream().map(Seat::account).toList();
        return new Keys(accounts.size(), vault.holds(accounts).size());
    }

    /**
     * Lets the council propose, signed by an operator; there is no way back.
     *
     * @throws Refused {@code ratchet.raised} unless the stage is 0, or what the contract refuses
     *     with
     */
    @Transactional
    public Intent raise(MemberId operator, Address account, IdempotencyKey key) {
        Hash32 hash = IntentRequest.hashOf("governance.raise");
        Optional<Intent> first = intents.replay(operator, key, hash);
        if (first.isPresent()) {
            return first.get();
        }
        int stage = stage().orElse(0);
        if (stage != 0) {
            throw Refused.conflict("ratchet.raised", stage);
        }
        byte[] data = Bytes.parse(contracts.ratchet().raiseByOperator().encodeFunctionCall());
        Call call = new Call.Forward(account, ContractKind.RATCHET, data);
        intents.simulate(call);
        return intents.submit(
                new IntentRequest(
                        operator,
                        "governance.raise",
                        operator + ":" + key.value(),
                        call,
                        key,
                        hash,
                        clock.instant().plus(PATIENCE),
                        "/council/ratchet"));
    }
}
