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

    /**
     * Gives a member's account the operator's role on chain, by the deployer's key. Once for a
     * member and an account: asked again it answers with the first intent.
     */
    @Transactional
    public Intent appoint(MemberId member, Address account) {
        return intents.submit(
                new IntentRequest(
                        member,
                        "rules.operator",
                        account.toString(),
                        new Call.Direct(ContractKind.ACCESS_MANAGER, grant(account)),
                        null,
                        IntentRequest.hashOf("rules.operator", account),
                        clock.instant().plus(PATIENCE),
                        "/admin"));
    }

    // Encoded here and not by the binding: an admin may be appointed before anything is deployed.
    private static byte[] grant(Address account) {
        return Bytes.parse(
                FunctionEncoder.encode(
                        new Function(
                                "grantRole",
                                List.of(
                                        OPERATOR,
                                        new org.web3j.abi.datatypes.Address(account.toString()),
                                        NO_DELAY),
                                List.of())));
    }
}
