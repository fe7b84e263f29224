package atelier.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.testing.TestDatabase;
import atelier.vault.Seal.BrokenSeal;
import atelier.vault.TypedData.Field;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;

class VaultTest {

    private static final Address CONTRACT =
            Address.parse("0x5fc8d32690cc91d4c39d9d3abcbd16989f875707");
    private static final TypedDomain MARKET =
            new TypedDomain("Atelier Market", "1", 31337, CONTRACT);

    @TempDir Path folder;
    private static JdbcClient db;
    private SealedKeys keys;
    private Vault vault;

    @BeforeAll
    static void openDatabase() {
        var source = new DriverManagerDataSource(TestDatabase.create());
        Flyway.configure()
                .dataSource(source)
                .schemas("recorded")
                .locations("classpath:db/recorded")
                .load()
                .migrate();
        db = JdbcClient.create(source);
    }

    @BeforeEach
    void openVault() {
        db.sql(
                        "TRUNCATE recorded.vault_data_key, recorded.vault_key,"
                                + " recorded.vault_signature")
                .update();
        keys = new SealedKeys(db, Clock.systemUTC(), dataKey("root.key"));
        vault = new Vault(keys, new SigningPolicy(), new SignatureJournal(db, Clock.systemUTC()));
        vault.trust(MARKET, Set.of("Order"));
    }

    @Test
    void signsWithTheKeyOfTheAccountItMade() throws SignatureException {
        Address account = vault.create("mina");
        TypedData order = order(MARKET, "Order");
        assertThat(signer(vault.sign("mina", account, order), order.hash())).isEqualTo(account);
    }

    @Test
    void givesEveryOwnerAnotherKey() {
        assertThat(vault.create("mina")).isNotEqualTo(vault.create("theo"));
    }

    @Test
    void givesAnOwnerOneKeyOnly() {
        Address account = vault.create("mina");
        refuses("vault.owner", () -> vault.create("mina"));
        assertThat(keys.find("mina")).contains(account);
    }

    @Test
    void opensNoKeyOfSomebodyElse() {
        vault.create("mina");
        Address theos = vault.create("theo");
        refuses("vault.key", () -> vault.sign("mina", theos, order(MARKET, "Order")));
    }

    @Test
    void opensNoKeyThatWasMovedToAnotherOwnersRow() {
        Address minas = vault.create("mina");
        Address theos = vault.create("theo");
        byte[] sealed = sealed(theos);
        db.sql("UPDATE recorded.vault_key SET sealed = ? WHERE address = ?")
                .params(sealed, minas.bytes())
                .update();
        assertThatExceptionOfType(BrokenSeal.class)
                .isThrownBy(() -> vault.sign("mina", minas, order(MARKET, "Order")));
    }

    @Test
    void opensNoKeyWhoseRowWasGivenToAnotherOwner() {
        vault.create("mina");
        Address theos = vault.create("theo");
        db.sql("DELETE FROM recorded.vault_key WHERE owner = 'mina'").update();
        db.sql("UPDATE recorded.vault_key SET owner = 'mina' WHERE owner = 'theo'").update();
        assertThatExceptionOfType(BrokenSeal.class)
                .isThrownBy(() -> vault.sign("mina", theos, order(MARKET, "Order")));
    }

    @Test
    void signsNothingNobodyVouchedFor() {
        Address account = vault.create("mina");
        TypedDomain otherChain = new TypedDomain("Atelier Market", "1", 1, CONTRACT);
        TypedDomain otherPlace = new TypedDomain("Atelier Market", "1", 31337, Address.ZERO);
        for (TypedData data :
                List.of(
                        order(MARKET, "Permit"),
                        order(otherChain, "Order"),
                        order(otherPlace, "Order"))) {
            refuses("vault.untrusted", () -> vault.sign("mina", account, data));
        }
        assertThat(journal()).isEmpty();
    }

    @Test
    void writesEverySignatureDown() {
        Address account = vault.create("mina");
        TypedData order = order(MARKET, "Order");
        vault.sign("mina", account, order);
        assertThat(journal()).containsExactly("mina Order " + order.hash());
    }

    @Test
    void findsASystemKeyAgain() {
        assertThat(vault.systemKey("relayer"))
                .isEqualTo(vault.systemKey("relayer"))
                .isNotEqualTo(vault.systemKey("deployer"));
    }

    @Test
    void signsTransactionsOfSystemKeysOnly() throws SignatureException {
        Address relayer = vault.systemKey("relayer");
        byte[] raw = vault.signTransaction(relayer, transaction(31337));
        SignedRawTransaction decoded =
                (SignedRawTransaction) TransactionDecoder.decode(Bytes.hex(raw));
        assertThat(Address.parse(decoded.getFrom())).isEqualTo(relayer);

        Address minas = vault.create("mina");
        refuses("vault.key", () -> vault.signTransaction(minas, transaction(31337)));
    }

    @Test
    void leavesSystemNamesToTheSystem() {
        refuses("vault.owner", () -> vault.create("system:relayer"));
    }

    @Test
    void opensWithTheSameSecretAfterARestart() {
        Address account = vault.create("mina");
        SealedKeys reopened = new SealedKeys(db, Clock.systemUTC(), dataKey("root.key"));
        assertThat(reopened.open("mina", account)).isPresent();
    }

    @Test
    void stopsTheStartIfTheSecretIsAnotherVaults() {
        RootSecret.readOrCreate(folder.resolve("other.key"), new SecureRandom());
        assertThatExceptionOfType(RootSecretRefused.class)
                .isThrownBy(() -> dataKey("other.key"))
                .withMessageContaining("not the one that sealed this vault");
    }

    @Test
    void stopsTheStartIfTheSecretIsMissing() {
        assertThatExceptionOfType(RootSecretRefused.class)
                .isThrownBy(() -> dataKey("lost.key"))
                .withMessageContaining("lost.key");
        assertThat(folder.resolve("lost.key")).doesNotExist();
    }

    @Test
    void keepsNoKeyInTheClear() {
        Address account = vault.create("mina");
        byte[] secret = keys.open("mina", account).orElseThrow().bytes();
        assertThat(Bytes.hex(sealed(account))).doesNotContain(Bytes.hex(secret).substring(2));
    }

    @Test
    void refusesWhatEverybodyKnowsOnOtherChains() {
        Address first = Address.parse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
        Address last = Address.parse("0x8626f6940e2eb28930efb4cef49b2d1f2c9c1199");
        assertThat(DevelopmentKeys.contains(first)).isTrue();
        assertThat(DevelopmentKeys.contains(last)).isTrue();
        assertThat(DevelopmentKeys.contains(vault.create("mina"))).isFalse();
        DevelopmentKeys.refuseElsewhere(first, 31337);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DevelopmentKeys.refuseElsewhere(first, 1))
                .withMessageContaining("everybody knows");
    }

    private DataKey dataKey(String file) {
        return new DataKey(db, Clock.systemUTC(), folder.resolve(file), new SecureRandom());
    }

    private byte[] sealed(Address account) {
        return db.sql("SELECT sealed FROM recorded.vault_key WHERE address = ?")
                .param(account.bytes())
                .query(byte[].class)
                .single();
    }

    private List<@Nullable String> journal() {
        return db.sql(
                        """
                        SELECT owner || ' ' || kind || ' 0x' || encode(digest, 'hex')
                        FROM recorded.vault_signature ORDER BY id
                        """)
                .query(String.class)
                .list();
    }

    private static void refuses(String code, Runnable work) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(work::run)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static TypedData order(TypedDomain domain, String type) {
        return new TypedData(domain, type, List.of(new Field("uint96", "price", 32_000)));
    }

    private static RawTransaction transaction(long chainId) {
        return RawTransaction.createTransaction(
                chainId,
                BigInteger.ZERO,
                BigInteger.valueOf(21_000),
                CONTRACT.toString(),
                BigInteger.ZERO,
                "0x",
                BigInteger.ONE,
                BigInteger.TEN);
    }

    private static Address signer(Signature signature, Hash32 digest) throws SignatureException {
        byte[] rsv = signature.rsv();
        SignatureData data =
                new SignatureData(rsv[64], Arrays.copyOf(rsv, 32), Arrays.copyOfRange(rsv, 32, 64));
        BigInteger key = Sign.signedMessageHashToKey(digest.bytes(), data);
        return Address.parse(Keys.getAddress(key));
    }
}
