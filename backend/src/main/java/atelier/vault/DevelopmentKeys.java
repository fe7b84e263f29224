package atelier.vault;

import atelier.kernel.Address;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.MnemonicUtils;

/**
 * The accounts whose keys everybody knows: those that Hardhat, anvil and their kin give money to on
 * a development chain. Elsewhere whatever they hold is anyone's.
 */
public final class DevelopmentKeys {

    /** The chain id of development chains; nowhere else do these keys count. */
    public static final long CHAIN_ID = 31337;

    private static final int ACCOUNTS = 20;
    private static final String MNEMONIC =
            "test test test test test test test test test test test junk";

    private DevelopmentKeys() {}

    /**
     * Refuses a well-known account on any chain but the development chain.
     *
     * @throws IllegalArgumentException with words for whoever set it up so
     */
    public static void refuseElsewhere(Address account, long chainId) {
        if (chainId != CHAIN_ID && contains(account)) {
            throw new IllegalArgumentException(
                    ("%s is a development account whose key everybody knows; chain %d is no"
                                    + " development chain. Use an account of your own.")
                            .formatted(account, chainId));
        }
    }

    /** Whether everybody knows this account's key. */
    public static boolean contains(Address account) {
        return Known.ACCOUNTS.contains(account);
    }

    /** Derived when first asked for: the derivation takes a while and most starts need none. */
    private static final class Known {

        private static final Set<Address> ACCOUNTS = derive();

        private static Set<Address> derive() {
            Bip32ECKeyPair master =
                    Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
            return IntStream.range(0, DevelopmentKeys.ACCOUNTS)
                    .mapToObj(index -> Address.parse(Keys.getAddress(account(master, index))))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** BIP-44: m/44'/60'/0'/0/index. */
        private static Bip32ECKeyPair account(Bip32ECKeyPair master, int index) {
            int hard = Bip32ECKeyPair.HARDENED_BIT;
            return Bip32ECKeyPair.deriveKeyPair(
                    master, new int[] {44 | hard, 60 | hard, hard, 0, index});
        }
    }
}
