package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Trials;
import atelier.chain.Trials.Trial;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;

/**
 * Tries a proposal on the newest block the way it will be carried out: the timelock executes all
 * its calls in order, as if it had waited long enough.
 */
@Component
class Rehearsals {

    /** Where OpenZeppelin's TimelockController keeps from when on operations may be executed. */
    private static final long TIMESTAMPS = 1;

    /** A time long past; 1 would say that it was executed. */
    private static final long LONG_AGO = 2;

    private final Contracts contracts;
    private final Trials trials;

    Rehearsals(Contracts contracts, Trials trials) {
        this.contracts = contracts;
        this.trials = trials;
    }

    Trial of(Motion motion) {
        var council = contracts.address(ContractKind.COUNCIL);
        String execution =
                contracts
                        .timelock()
                        .executeBatch(
                                motion.targets(),
                                motion.values(),
                                motion.payloads(),
                                new byte[Hash32.LENGTH],
                                motion.salt(council),
                                BigInteger.ZERO)
                        .encodeFunctionCall();
        return trials.call(
                council,
                ContractKind.TIMELOCK,
                Bytes.parse(execution),
                Map.of(place(motion.operation(council)), word(LONG_AGO)));
    }

    /** As Solidity places an entry of a mapping. */
    private static Hash32 place(Hash32 operation) {
        String key =
                FunctionEncoder.encodeConstructor(
                        List.of(new Bytes32(operation.bytes()), new Uint256(TIMESTAMPS)));
        return Hash32.of(Hash.sha3(Bytes.parse(key)));
    }

    private static Hash32 word(long value) {
        byte[] bytes = new byte[Hash32.LENGTH];
        bytes[Hash32.LENGTH - 1] = (byte) value;
        return Hash32.of(bytes);
    }
}
