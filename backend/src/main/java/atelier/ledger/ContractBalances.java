package atelier.ledger;

import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.exceptions.ContractCallException;

/** What the contracts themselves say of balances at a past block. */
@Component
class ContractBalances {

    private static final Logger log = LoggerFactory.getLogger(ContractBalances.class);

    /** web3j says that a call was reverted of whatever error; the node's words follow. */
    private static final Pattern REVERTED = Pattern.compile("reason: '.*revert", Pattern.DOTALL);

    private final Contracts contracts;

    ContractBalances(Contracts contracts) {
        this.contracts = contracts;
    }

    /** Points in circulation, or null while the chain does not answer. */
    @Nullable BigInteger totalPoints(long block) {
        try {
            return contracts.deployed()
                    ? ask(contracts.pointsAt(block).totalSupply(), "points")
                    : null;
        } catch (Refused e) {
            return null;
        }
    }

    /**
     * What an account holds of an asset.
     *
     * @throws Refused {@code chain.unavailable} while the chain does not answer
     */
    BigInteger of(Address account, Asset asset, long block) {
        return switch (asset) {
            case Asset.Points _ ->
                    ask(contracts.pointsAt(block).balanceOf(account.toString()), asset);
            case Asset.Supply _ ->
                    ask(
                            contracts
                                    .suppliesAt(block)
                                    .balanceOf(account.toString(), asset.number()),
                            asset);
            case Asset.Work _ -> owns(account, asset, block) ? BigInteger.ONE : BigInteger.ZERO;
        };
    }

    /** A work that was never made has no owner, which the contract says by reverting. */
    private boolean owns(Address account, Asset asset, long block) {
        RemoteFunctionCall<String> owner = contracts.worksAt(block).ownerOf(asset.number());
        try {
            return Address.parse(owner.send()).equals(account);
        } catch (Exception e) {
            if (e instanceof ContractCallException
                    && REVERTED.matcher(String.valueOf(e.getMessage())).find()) {
                return false;
            }
            throw unavailable(e, asset);
        }
    }

    private static <T> T ask(RemoteFunctionCall<T> call, Object what) {
        try {
            return call.send();
        } catch (Exception e) {
            throw unavailable(e, what);
        }
    }

    private static Refused unavailable(Exception e, Object what) {
        if (e instanceof Refused refused) {
            return refused;
        }
        log.warn("The chain does not say what it holds of {}: {}", what, e.toString());
        return Refused.unavailable("chain.unavailable");
    }
}
