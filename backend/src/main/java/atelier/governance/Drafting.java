package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Writes the calls that people propose most, in the bytes that the timelock will send. */
@Component
public class Drafting {

    /** Most characters of what a call says. */
    public static final int LONGEST_TEXT = 500;

    private final Contracts contracts;

    Drafting(Contracts contracts) {
        this.contracts = contracts;
    }

    /** Other numbers for rules, all or none. */
    public ProposedCall rules(SortedMap<Rule, BigInteger> numbers) {
        List<BigInteger> ids =
                numbers.keySet().stream().map(rule -> BigInteger.valueOf(rule.id())).toList();
        return call(
                ContractKind.RULE_BOOK,
                contracts.ruleBook().set(ids, List.copyOf(numbers.values())));
    }

    /** A recipe that may be used. */
    public ProposedCall approve(RecipeId recipe) {
        return call(
                ContractKind.WORKSHOP,
                contracts.workshop().approve(BigInteger.valueOf(recipe.number())));
    }

    /** A recipe that may be used no more. */
    public ProposedCall retire(RecipeId recipe) {
        return call(
                ContractKind.WORKSHOP,
                contracts.workshop().retire(BigInteger.valueOf(recipe.number())));
    }

    /**
     * Points from the treasury for somebody.
     *
     * @throws Refused {@code proposal.amount}, {@code proposal.text}
     */
    public ProposedCall spend(Address to, TokenAmount amount, String text) {
        if (amount.signum() <= 0) {
            throw Refused.invalid("proposal.amount");
        }
        return call(
                ContractKind.TREASURY,
                contracts.treasury().spend(to.toString(), amount.units(), said(text)));
    }

    /**
     * Words in the community's name.
     *
     * @throws Refused {@code proposal.text}
     */
    public ProposedCall note(String text) {
        return call(ContractKind.DIRECTORY, contracts.directory().note(said(text)));
    }

    /** The next stage of who may decide. */
    public ProposedCall raise() {
        return call(ContractKind.RATCHET, contracts.ratchet().raise());
    }

    /**
     * A seat taken away.
     *
     * @throws Refused {@code proposal.text}: it takes a reason
     */
    public ProposedCall revoke(long seat, String reason) {
        return call(
                ContractKind.SEATS,
                contracts.seats().revoke(BigInteger.valueOf(seat), said(reason)));
    }

    /** Somebody whose seat was taken away may have one again. */
    public ProposedCall pardon(Address member) {
        return call(ContractKind.SEATS, contracts.seats().pardon(member.toString()));
    }

    /** A seat moved to its member's new account, where the old key is lost. */
    public ProposedCall recover(long seat, Address to) {
        return call(
                ContractKind.SEATS,
                contracts.seats().recover(BigInteger.valueOf(seat), to.toString()));
    }

    /** The statement that is held counts at once. */
    public ProposedCall releaseStatement() {
        return call(ContractKind.PROFIT_SHARE, contracts.profitShare().release());
    }

    /** The statement that is held ends, and what came with it goes back to the treasury. */
    public ProposedCall cancelStatement() {
        return call(ContractKind.PROFIT_SHARE, contracts.profitShare().cancel());
    }

    private ProposedCall call(ContractKind contract, RemoteFunctionCall<?> call) {
        return new ProposedCall(
                contracts.address(contract), Bytes.parse(call.encodeFunctionCall()));
    }

    private static String said(String text) {
        String shown = Reason.shown(text).strip();
        if (shown.isEmpty() || shown.codePointCount(0, shown.length()) > LONGEST_TEXT) {
            throw Refused.invalid("proposal.text", LONGEST_TEXT);
        }
        return shown;
    }
}
