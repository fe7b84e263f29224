package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Trials.Trial;
import atelier.identity.Member;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.vault.TypedData;
import atelier.vault.TypedDomain;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** From a proposal to what it changes, on a real chain whose clock is put on. */
@AtelierTest
@Tag("chain")
@TestPropertySource(
        properties = {
            "atelier.governance.ballots-every=200ms",
            "atelier.governance.errands-every=200ms"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CouncilStoryTest {

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Council council;
    @Autowired private Ideas ideas;
    @Autowired private Drafting drafting;
    @Autowired private BallotSigner signer;
    @Autowired private Seats seats;
    @Autowired private Rules rules;
    @Autowired private Contracts contracts;

    private Assembly assembly;
    private Member mina;
    private Member theo;
    private Member anan;

    @BeforeAll
    void gather() {
        assembly = Assembly.in(application);
        mina = assembly.chamber().seated();
        theo = assembly.chamber().seated();
        anan = assembly.chamber().seated();
    }

    @BeforeEach
    void readEnglish() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
    }

    @Test
    void changesARuleByVote() {
        BigInteger before = rules.current().value(Rule.TRADING_FEE);
        Proposal proposal = assembly.opened(mina, fee(400));
        assertThat(council.sentences(proposal))
                .singleElement()
                .satisfies(sentence -> {
                    assertThat(sentence.words()).contains("to 4%");
                    assertThat(sentence.read()).isTrue();
                    assertThat(sentence.changes())
                            .extracting(Sentence.Change::after)
                            .containsExactly("4%");
                });
        assertThat(council.trial(proposal)).isEqualTo(new Trial.Passes());
        assertThat(proposal.tally().quorum()).isPositive();
        assertThat(proposal.reason()).isEqualTo("Because.");

        List.of(mina, theo, anan).forEach(one -> assembly.vote(one, proposal, Vote.FOR));
        List.of(mina, theo, anan)
                .forEach(one ->
                        assertThat(assembly.decided(one, proposal).fate())
                                .isEqualTo(new OwnBallot.Fate.Counts()));
        assertThat(found(proposal).tally().inFavour()).isEqualTo(3);
        assertThat(council.open(9)).extracting(Proposal::id).contains(proposal.id());

        assembly.pass(Duration.ofSeconds(Assembly.PERIOD));
        assembly.awaitState(proposal, ProposalState.EXECUTED);
        assertThat(rules.current().value(Rule.TRADING_FEE)).isEqualTo(400);
        assertThat(before).isNotEqualTo(rules.current().value(Rule.TRADING_FEE));
        Proposal done = found(proposal);
        assertThat(done.times().ready()).isNotNull();
        assertThat(done.times().ended()).isNotNull();
        assertThat(council.sentences(done).getFirst().words()).contains("from 5% to 4%");
        assertThat(council.past(Long.MAX_VALUE, 9)).extracting(Proposal::id).contains(done.id());
        assertThat(council.of(theo.id(), 9)).extracting(Proposal::id).contains(done.id());
    }

    @Test
    void countsTheLatestOfAMembersVotes() {
        Proposal proposal = assembly.opened(mina, drafting.note("Latest"));
        assembly.vote(theo, proposal, Vote.FOR);
        assembly.decided(theo, proposal);
        assertThat(assembly.vote(theo, proposal, Vote.AGAINST).number()).isEqualTo(2);
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .untilAsserted(() -> assertThat(found(proposal).tally().against()).isOne());
        assertThat(found(proposal).tally().inFavour()).isZero();
        assertThat(assembly.vote(theo, proposal, Vote.AGAINST).number()).isEqualTo(2);

        assembly.pass(Duration.ofSeconds(Assembly.PERIOD - Assembly.LOCK));
        assertRefused("ballot.vote-locked", () -> assembly.vote(theo, proposal, Vote.FOR));
        assembly.vote(anan, proposal, Vote.ABSTAIN);
        assertThat(assembly.decided(anan, proposal).counts()).isTrue();
        assembly.pass(Duration.ofSeconds(Assembly.LOCK));
        assertRefused("ballot.late", () -> assembly.vote(mina, proposal, Vote.FOR));
        assembly.awaitState(proposal, ProposalState.DEFEATED);
    }

    @Test
    void votesOnceForOneKeyAndRefusesTheKeyForAnotherChoice() {
        Proposal proposal = assembly.opened(mina, drafting.note("Once"));
        IdempotencyKey key = Chamber.key();
        OwnBallot first = council.vote(mina.id(), proposal.id(), Vote.FOR, key);
        assertThat(council.vote(mina.id(), proposal.id(), Vote.FOR, key).number())
                .isEqualTo(first.number());
        assertRefused(
                "idempotency.mismatch",
                () -> council.vote(mina.id(), proposal.id(), Vote.AGAINST, key));
    }

    @Test
    void takesABallotSignedElsewhereOnceAndNoForgedOne() throws Exception {
        Proposal proposal = assembly.opened(mina, drafting.note("Signed elsewhere"));
        ECKeyPair key = Keys.createEcKeyPair();
        Address stranger = Address.parse("0x" + Keys.getAddress(key));
        byte[] signed = sign(key, signer.typed(proposal.id(), stranger, Vote.FOR, 1));
        assertRefused(
                "ballot.no-seat", () -> council.post(proposal.id(), stranger, Vote.FOR, 1, signed));

        for (TypedDomain elsewhere : elsewhere(proposal.id(), stranger)) {
            byte[] foreign = sign(key, inDomain(elsewhere, proposal.id(), stranger));
            assertRefused(
                    "ballot.not-signed",
                    () -> council.post(proposal.id(), stranger, Vote.FOR, 1, foreign));
        }

        Address voter = theo.account();
        assertRefused(
                "ballot.not-signed", () -> council.post(proposal.id(), voter, Vote.FOR, 1, signed));
        byte[] good = vaultSigned(theo, proposal, Vote.FOR, 1);
        assertRefused(
                "ballot.not-signed",
                () -> council.post(proposal.id(), voter, Vote.AGAINST, 1, good));
        assertRefused(
                "ballot.not-signed", () -> council.post(proposal.id(), voter, Vote.FOR, 2, good));
        assertRefused(
                "ballot.signature-length",
                () -> council.post(proposal.id(), voter, Vote.FOR, 1, Arrays.copyOf(good, 64)));
        assertRefused(
                "ballot.signature-high",
                () -> council.post(proposal.id(), voter, Vote.FOR, 1, high(good)));

        council.post(proposal.id(), voter, Vote.FOR, 1, good);
        assertRefused(
                "ballot.older-ballot", () -> council.post(proposal.id(), voter, Vote.FOR, 1, good));
        assertThat(assembly.decided(theo, proposal).counts()).isTrue();
        assertRefused(
                "ballot.older-ballot", () -> council.post(proposal.id(), voter, Vote.FOR, 1, good));
        assertThat(found(proposal).tally().inFavour()).isOne();
    }

    @Test
    void refusesWhoCameTooLateOrLeft() {
        Proposal proposal = assembly.opened(mina, drafting.note("Too late"));
        Member late = assembly.chamber().seated();
        assertRefused("ballot.not-in-electorate", () -> assembly.vote(late, proposal, Vote.FOR));
        assembly.chamber().done(seats.leave(late.id(), Chamber.key()));
        Awaitility.await().atMost(Chamber.PATIENCE).until(() -> seats.of(late.account()).isEmpty());
        assertRefused("ballot.no-seat", () -> assembly.vote(late, proposal, Vote.FOR));
        assertRefused(
                "ballot.no-seat",
                () -> council.propose(late.id(), List.of(drafting.note("x")), "", Chamber.key()));
    }

    @Test
    void tellsTheOwnerWhyABallotDidNotCountAndCountsTheOthers() {
        Member leaving = assembly.chamber().seated();
        Proposal proposal = assembly.opened(mina, drafting.note("Leaving"));
        assembly.clock().ask("evm_setAutomine", "false");
        try {
            seats.leave(leaving.id(), Chamber.key());
            Awaitility.await()
                    .atMost(Chamber.PATIENCE)
                    .until(() ->
                            assembly.clock()
                                    .ask("eth_getBlockTransactionCountByNumber", "\"pending\"")
                                    .contains("\"0x1\""));
            // The mirror shows their seat still; the chain will have vacated it by then.
            assembly.vote(leaving, proposal, Vote.FOR);
            assembly.vote(theo, proposal, Vote.FOR);
            Awaitility.await()
                    .atMost(Chamber.PATIENCE)
                    .until(() ->
                            assembly.clock()
                                    .ask("eth_getBlockTransactionCountByNumber", "\"pending\"")
                                    .contains("\"0x2\""));
        } finally {
            assembly.clock().ask("evm_setAutomine", "true");
            assembly.clock().ask("evm_mine", "");
        }
        assertThat(code(assembly.decided(leaving, proposal))).isEqualTo("ballot.no-seat");
        assertThat(assembly.decided(theo, proposal).counts()).isTrue();
    }

    @Test
    void refusesToProposeWhatNoVoteCouldDo() {
        Address stray = Address.parse("0x00000000000000000000000000000000000000aa");
        assertRefused("proposal.empty", () -> council.check(List.of()));
        assertRefused(
                "proposal.target",
                () -> council.check(List.of(new ProposedCall(stray, new byte[4]))));
        assertRefused("rules.out-of-bounds", () -> council.check(List.of(fee(1_501))));
        assertRefused(
                "rules.split-not-whole",
                () -> council.check(List.of(set(Map.of(Rule.RECIPE_FEE_AUTHOR_SHARE, 9_000L)))));
    }

    @Test
    void saysSoWhereItCannotReadACall() {
        ProposedCall unknown =
                new ProposedCall(
                        contracts.address(ContractKind.TREASURY), Bytes.parse("0xdeadbeef01"));
        ProposedCall padded =
                new ProposedCall(
                        contracts.address(ContractKind.DIRECTORY),
                        concat(drafting.note("x").data(), new byte[32]));
        assertThat(council.sentences(List.of(unknown, padded))).noneMatch(Sentence::read);
        assertThat(council.trial(List.of(unknown))).isInstanceOf(Trial.Fails.class);
    }

    @Test
    void readsEveryCallThatTheFormsWriteInThreeLanguages() {
        List<ProposedCall> calls =
                List.of(
                        set(Map.of(Rule.TRADING_FEE, 300L, Rule.WEIGHT_CREATOR, 5_000L)),
                        drafting.approve(new RecipeId(1)),
                        drafting.retire(new RecipeId(1)),
                        drafting.spend(mina.account(), TokenAmount.ofUnits(5), "a kiln"),
                        drafting.note("We open on Sundays."),
                        drafting.raise(),
                        drafting.revoke(1, "spam"),
                        drafting.pardon(theo.account()));
        for (String language : List.of("en", "zh-TW", "zh-CN")) {
            LocaleContextHolder.setLocale(Locale.forLanguageTag(language));
            assertThat(council.sentences(calls)).hasSize(calls.size()).allMatch(Sentence::read);
        }
        LocaleContextHolder.setLocale(Locale.forLanguageTag("zh-TW"));
        assertThat(council.sentences(calls))
                .extracting(Sentence::words)
                .anySatisfy(words -> assertThat(words).contains("We open on Sundays."))
                .anySatisfy(words -> assertThat(words).contains("a kiln").contains("0.05"));
    }

    @Test
    void putsAnIdeaToTheVoteOnceEnoughWantIt() {
        Idea idea = ideas.write(mina.id(), "Open on Sundays", "Children ask.", Chamber.key());
        assertThat(idea.support()).isOne();
        assertRefused("idea.not-ready", () -> ideas.propose(mina.id(), idea.id(), Chamber.key()));
        ideas.support(theo.id(), idea.id());
        ideas.support(theo.id(), idea.id());
        assertThat(ideas.ready(ideas.find(idea.id(), null).orElseThrow())).isTrue();

        Council.Proposing proposing = ideas.propose(theo.id(), idea.id(), Chamber.key());
        assembly.chamber().done(proposing.intent());
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> council.proposal(proposing.id()).isPresent());
        Proposal proposal = council.proposal(proposing.id()).orElseThrow();
        assertThat(council.sentences(proposal).getFirst().words()).contains("Open on Sundays");
        assertThat(proposal.reason()).isEqualTo("Children ask.");
        assertRefused("idea.proposed", () -> ideas.propose(anan.id(), idea.id(), Chamber.key()));
    }

    private Proposal found(Proposal proposal) {
        return council.proposal(proposal.id()).orElseThrow();
    }

    private static String code(OwnBallot ballot) {
        return ((OwnBallot.Fate.DoesNotCount) ballot.fate()).why().code();
    }

    private ProposedCall fee(long share) {
        return set(Map.of(Rule.TRADING_FEE, share));
    }

    private ProposedCall set(Map<Rule, Long> numbers) {
        SortedMap<Rule, BigInteger> wished = new TreeMap<>();
        numbers.forEach((rule, value) -> wished.put(rule, BigInteger.valueOf(value)));
        return drafting.rules(wished);
    }

    private byte[] vaultSigned(Member member, Proposal proposal, Vote choice, int number) {
        return signer.sign(member.id(), proposal.id(), member.account(), choice, number).rsv();
    }

    private static byte[] sign(ECKeyPair key, TypedData data) {
        Sign.SignatureData signature = Sign.signMessage(data.hash().bytes(), key, false);
        return concat(concat(signature.getR(), signature.getS()), signature.getV());
    }

    /** Another chain, and another contract. */
    private List<TypedDomain> elsewhere(ProposalId id, Address voter) {
        TypedDomain here = signer.typed(id, voter, Vote.FOR, 1).domain();
        return List.of(
                new TypedDomain(
                        here.name(), here.version(), here.chainId() + 1, here.verifyingContract()),
                new TypedDomain(
                        here.name(),
                        here.version(),
                        here.chainId(),
                        contracts.address(ContractKind.MARKET)));
    }

    private TypedData inDomain(TypedDomain domain, ProposalId id, Address voter) {
        TypedData data = signer.typed(id, voter, Vote.FOR, 1);
        return new TypedData(domain, data.primaryType(), data.fields());
    }

    private static byte[] high(byte[] signature) {
        byte[] high = signature.clone();
        byte[] s = ORDER.subtract(new BigInteger(1, signature, 32, 32)).toByteArray();
        Arrays.fill(high, 32, 64, (byte) 0);
        int length = Math.min(32, s.length);
        System.arraycopy(s, s.length - length, high, 64 - length, length);
        high[64] = (byte) (55 - high[64]);
        return high;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
