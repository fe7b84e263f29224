package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** Each event of the specification's table is read as the table says. */
class FactReaderTests {

    private static final Pattern EVENT =
            Pattern.compile("\\| `(\\w+)` \\| `\\w+\\(.*\\)` \\| `(0x[0-9a-f]{64})` \\|");
    private static final Fact.Place AT = new Fact.Place(7, 1_000, 3);
    private static final Address SAYS = address(0xc0);

    @Test
    void readsTheEventsOfTheSpecificationAndNoOther() throws IOException {
        Matcher row = EVENT.matcher(Files.readString(Path.of("..", "docs", "statement.md")));
        List<String> specified = new ArrayList<>();
        while (row.find()) {
            specified.add(row.group(1) + " " + row.group(2));
        }
        List<String> read = new ArrayList<>();
        for (ContractKind kind : ContractKind.values()) {
            FactReader.topics(kind).forEach(topic -> read.add(kind.directoryName() + " " + topic));
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(specified);
    }

    @Test
    void readsEveryField() {
        Hash32 order = Hash32.of(Hash.sha3(new byte[] {1}));
        WorkId work = WorkId.of(new RecipeId(5), address(0xa1), 2);
        assertThat(
                        fact(
                                ContractKind.MARKET,
                                "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,uint256,uint256)",
                                List.of(order, word(work.tokenId()), word(0xb2)),
                                0xc3,
                                1000,
                                800,
                                0xa1,
                                100,
                                0xd4,
                                50,
                                49))
                .isEqualTo(
                        new Fact.Sold(
                                AT,
                                SAYS,
                                order,
                                work,
                                address(0xb2),
                                address(0xc3),
                                TokenAmount.ofUnits(49)));
        assertThat(
                        fact(
                                ContractKind.WORKSHOP,
                                "Bought(address,uint256,address,uint256,uint256,uint256)",
                                List.of(word(1), word(2), word(3)),
                                4,
                                5,
                                6))
                .isEqualTo(
                        new Fact.Bought(
                                AT,
                                address(1),
                                new SupplyId(2),
                                address(3),
                                BigInteger.valueOf(4),
                                TokenAmount.ofUnits(6)));
        assertThat(
                        fact(
                                ContractKind.WORKSHOP,
                                "Crafted(uint256,uint64,address,uint256,uint256)",
                                List.of(word(work.tokenId()), word(5), word(0xa1)),
                                8,
                                9))
                .isEqualTo(
                        new Fact.Crafted(
                                AT, SAYS, new RecipeId(5), address(0xa1), TokenAmount.ofUnits(9)));
        assertThat(
                        fact(
                                ContractKind.TREASURY,
                                "CostPaid(uint32,uint8,address,uint256,string,bytes32)",
                                List.of(word(1), word(2), word(3)),
                                70,
                                96,
                                0xee,
                                0))
                .isEqualTo(
                        new Fact.CostPaid(AT, 2, address(3), TokenAmount.ofUnits(70), word(0xee)));
        assertThat(
                        fact(
                                ContractKind.TREASURY,
                                "Collected(uint8,address,uint256,bytes32)",
                                List.of(word(5), word(6), word(7)),
                                8))
                .isEqualTo(new Fact.Collected(AT, 5, TokenAmount.ofUnits(8), word(7)));
        assertThat(
                        fact(
                                ContractKind.RULE_BOOK,
                                "RuleChanged(uint32,uint8,uint128,uint128,uint64,address)",
                                List.of(word(2), word(24), word(1)),
                                10,
                                11,
                                12))
                .isEqualTo(new Fact.RuleChanged(AT, 2, 24, BigInteger.valueOf(11)));
        assertThat(
                        fact(
                                ContractKind.PROFIT_SHARE,
                                "Cancelled(uint32,bytes32,uint256)",
                                List.of(word(1), order),
                                5))
                .isEqualTo(new Fact.Cancelled(AT, 1, order));
    }

    @Test
    void readsTheParentsOfARemix() {
        String event = "Remixed(uint256,uint256[])";
        assertThat(fact(ContractKind.WORKS, event, List.of(word(9)), 32, 2, 4, 5))
                .isEqualTo(new Fact.Remixed(AT, work(9), List.of(work(4), work(5))));
        assertThatThrownBy(() -> fact(ContractKind.WORKS, event, List.of(word(9)), 32, 3, 4, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Log 3 of block 7");
    }

    @Test
    void seesNoFactInWhatAnotherKindOfContractSays() {
        ContractLog transfer =
                log(
                        ContractKind.POINTS,
                        "Transfer(address,address,uint256)",
                        List.of(word(1), word(2)),
                        3);
        assertThat(FactReader.read(transfer, SAYS)).isEmpty();
        ContractLog anonymous =
                new ContractLog(
                        7,
                        Instant.EPOCH,
                        3,
                        Hash32.ZERO,
                        ContractKind.SEATS,
                        List.of(),
                        new byte[0]);
        assertThat(FactReader.read(anonymous, SAYS)).isEmpty();
    }

    private static Fact fact(ContractKind kind, String event, List<Hash32> topics, long... data) {
        return FactReader.read(log(kind, event, topics, data), SAYS).orElseThrow();
    }

    private static ContractLog log(
            ContractKind kind, String event, List<Hash32> indexed, long... data) {
        List<Hash32> topics = new ArrayList<>(indexed);
        topics.addFirst(Hash32.parse(Hash.sha3String(event)));
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        Arrays.stream(data).forEach(value -> words.writeBytes(word(value).bytes()));
        return new ContractLog(
                AT.block(),
                Instant.ofEpochSecond(AT.time()),
                AT.index(),
                Hash32.ZERO,
                kind,
                topics,
                words.toByteArray());
    }

    private static Hash32 word(long value) {
        return word(BigInteger.valueOf(value));
    }

    private static Hash32 word(BigInteger value) {
        return Hash32.of(Word.of(value));
    }

    private static WorkId work(long id) {
        return new WorkId(BigInteger.valueOf(id));
    }

    private static Address address(long value) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 1] = (byte) value;
        return Address.of(bytes);
    }
}
