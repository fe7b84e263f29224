package atelier.market;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Call;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.vault.Signature;
import atelier.vault.TypedDomain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;

/** The expected hash and signature were made by viem 2's hashTypedData and signTypedData. */
class OrderTests {

    private static final Address MAKER =
            Address.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    private static final Address PROMOTER =
            Address.parse("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");
    private static final TypedDomain DOMAIN =
            new TypedDomain(
                    "Atelier Market",
                    "1",
                    31337,
                    Address.parse("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    private static final Hash32 HASH =
            Hash32.parse("0x3eba6cc93331d7652e66fb29eb8eb89a91ba4edf2d299f07351f8de910c9eaf4");
    private static final Signature SIGNATURE =
            new Signature(
                    Bytes.parse(
                            "0x34e293308c2f7fd87933ab732a003409148b0397bd5b405a81414603d9ca8a81"
                                    + "5a12b4d6f1bcc260369f4291fa355c8e81a223ddcb234a859b97badc0264e2d8"
                                    + "1c"));

    private static final Order ORDER =
            new Order(
                    MAKER,
                    WorkId.of(new RecipeId(7), MAKER, 12),
                    TokenAmount.ofUnits(32_000),
                    TokenAmount.ofUnits(29_440),
                    3,
                    2,
                    Instant.ofEpochSecond(1_800_000_000L),
                    Address.ZERO,
                    Hash32.parse("0x" + "ab".repeat(32)));

    @Test
    void hashesAsTheContractAndViemDo() {
        assertThat(ORDER.typedData(DOMAIN).hash()).isEqualTo(HASH);
    }

    @Test
    void isFilledAsWeb3jWouldEncodeIt() {
        Function fill =
                new Function(
                        atelier.contracts.Market.FUNC_FILL,
                        List.of(
                                new atelier.contracts.Market.Order(
                                        MAKER.toString(),
                                        ORDER.work().tokenId(),
                                        ORDER.price().units(),
                                        ORDER.minNet().units(),
                                        BigInteger.valueOf(ORDER.transferNonce()),
                                        BigInteger.valueOf(ORDER.counter()),
                                        ORDER.expirySeconds(),
                                        ORDER.taker().toString(),
                                        ORDER.salt().bytes()),
                                new DynamicBytes(SIGNATURE.rsv()),
                                new org.web3j.abi.datatypes.Address(PROMOTER.toString())),
                        List.of());

        Call.Forward call = (Call.Forward) MarketCalls.fill(MAKER, ORDER, SIGNATURE, PROMOTER);

        assertThat(Bytes.hex(call.data())).isEqualTo(FunctionEncoder.encode(fill));
    }

    @Test
    void recoversItsMaker() {
        assertThat(SIGNATURE.isBy(MAKER, HASH)).isTrue();
    }

    @Test
    void refusesTheSignatureOfSomethingElse() {
        assertThat(SIGNATURE.isBy(MAKER, Hash32.ZERO)).isFalse();
        assertThat(SIGNATURE.isBy(Address.ZERO, HASH)).isFalse();
    }

    @Test
    void refusesBytesThatAreNoSignature() {
        assertThat(new Signature(new byte[65]).isBy(MAKER, HASH)).isFalse();
    }
}
