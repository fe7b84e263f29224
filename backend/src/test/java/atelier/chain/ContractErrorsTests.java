package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractErrorsTests {

    private static final String WORD_1 =
            "0000000000000000000000000000000000000000000000000000000000000001";
    private static final String WORD_2 =
            "0000000000000000000000000000000000000000000000000000000000000002";

    private final ContractErrors errors = new ContractErrors();

    @Test
    void knowsOurErrorsAndThoseOfWhatWeBuildOn() {
        assertThat(errors.names())
                .contains(
                        "OrderStale",
                        "CostAboveMaximum",
                        "ERC20InsufficientBalance",
                        "ERC1155InsufficientBalance",
                        "TokenDoesNotExist",
                        "AccessManagedUnauthorized");
    }

    @Test
    void readsPointsAsPoints() {
        var refused =
                errors.refusal(
                        Bytes.parse(
                                "e450d38c"
                                        + "000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266"
                                        + WORD_1
                                        + WORD_2));
        assertThat(refused.code()).isEqualTo("contract.ERC20InsufficientBalance");
        assertThat(refused.values())
                .containsExactly(
                        Address.parse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"),
                        TokenAmount.ofUnits(1),
                        TokenAmount.ofUnits(2));
    }

    @Test
    void readsAPlainReason() {
        var refused =
                errors.refusal(
                        Bytes.parse(
                                "08c379a0"
                                        + "0000000000000000000000000000000000000000000000000000000000000020"
                                        + "0000000000000000000000000000000000000000000000000000000000000003"
                                        + "6e6f210000000000000000000000000000000000000000000000000000000000"));

        assertThat(refused.code()).isEqualTo("contract.reverted");
        assertThat(refused.values()).containsExactly("no!");
    }

    @Test
    void readsAPanic() {
        var refused = errors.refusal(Bytes.parse("4e487b71" + WORD_2));

        assertThat(refused.code()).isEqualTo("contract.panic");
        assertThat(refused.values()).containsExactly(BigInteger.TWO);
    }

    @Test
    void keepsValuesOverTheDatabase() {
        List<Object> values =
                List.of(
                        TokenAmount.ofUnits(250),
                        BigInteger.TWO.pow(200),
                        Address.ZERO,
                        Hash32.ZERO,
                        true,
                        "words");

        assertThat(Words.read(Words.write(values))).isEqualTo(values);
    }
}
