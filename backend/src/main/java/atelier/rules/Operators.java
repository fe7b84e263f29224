package atelier.rules;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.MemberId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;

/** The on-chain table of who may change rules, supplies and recipes: an admin's account may. */
@Component
public class Operators {

    private static final Uint64 OPERATOR = new Uint64(1);
    private static final Uint32 NO_DELAY = new Uint32(0);
    private static final Duration PATIENCE = Duration.ofDays(365);

    private final Intents intents;
    private final Clock clock;

    Operators(Intents intents, Clock clock) {
        this.intents = intents;
        this.clock = clock;
    }

    /** Gives an admin's account the operator's role on chain, by the deployer's key. */
    @Transactional
    public Intent appoint(MemberId admin, Address account) {
        return submit(
                admin,
                "rules.operator",
                account,
                new Function(
                        "grantRole", List.of(OPERATOR, encoded(account), NO_DELAY), List.of()));
    }

    /** Takes the operator's role from an account on chain, by the deployer's key. */
    @Transactional
    public Intent dismiss(MemberId formerAdmin, Address account) {
        return submit(
                formerAdmin,
                "rules.operator-dismissed",
                account,
                new Function("revokeRole", List.of(OPERATOR, encoded(account)), List.of()));
    }

    // The time tells one appointment of a member from the next; each is a change of their roles.
    private Intent submit(MemberId member, String kind, Address account, Function change) {
        Instant now = clock.instant();
        String key = account + "@" + now.toEpochMilli();
        return intents.submit(
                new IntentRequest(
                        member,
                        kind,
                        key,
                        new Call.Direct(
                                ContractKind.ACCESS_MANAGER,
                                Bytes.parse(FunctionEncoder.encode(change))),
                        null,
                        IntentRequest.hashOf(kind, key),
                        now.plus(PATIENCE),
                        "/admin"));
    }

    // Not through the bindings: an admin may be appointed before anything is deployed.
    private static org.web3j.abi.datatypes.Address encoded(Address account) {
        return new org.web3j.abi.datatypes.Address(account.toString());
    }
}
