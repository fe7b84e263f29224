package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;

/** What an intent does on the chain, and who does it. Calldata is handed on, never compared. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Call {

    /**
     * A member's own call: signed with their key as a forward request, paid for by the relayer.
     *
     * @param data encoded function call; the sender appends the intent's id
     */
    record Forward(Address signer, ContractKind to, byte[] data) implements Call {}

    /** Points issued to an account; leaves in a batch with others. */
    record Issue(Address to, TokenAmount amount) implements Call {}

    /** A call by the deployer's key, which administers the contracts. */
    record Direct(ContractKind to, byte[] data) implements Call {}
}
