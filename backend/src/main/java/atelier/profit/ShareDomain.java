package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Hash;

/** Where shares are claimed: a chain, and the ProfitShare contract on it. */
public record ShareDomain(long chainId, Address profitShare) {

    private static final byte[] TYPE =
            Hash.sha3(
                    "Share(uint256 chainId,address profitShare,uint256 index,address account,uint64 total,uint64 fresh)"
                            .getBytes(StandardCharsets.UTF_8));

    /** What every leaf's words come after: the leaf's type, chain and contract, hashed. */
    byte[] prefix() {
        byte[] words = new byte[3 * Word.LENGTH];
        System.arraycopy(TYPE, 0, words, 0, TYPE.length);
        Word.put(BigInteger.valueOf(chainId), words, Word.LENGTH);
        Word.put(profitShare, words, 2 * Word.LENGTH);
        return Hash.sha3(words);
    }
}
