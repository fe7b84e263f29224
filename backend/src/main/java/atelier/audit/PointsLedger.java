package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who holds how many points by their transfers alone, held against what the contract says. */
final class PointsLedger implements ChainHistory.Listener {

    private final Findings findings;
    private final Map<Address, Map<Address, BigInteger>> holders = new LinkedHashMap<>();
    private long transfers;

    PointsLedger(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        if (log.contract() == ContractKind.POINTS && log.is(Topics.TRANSFER)) {
            transfers++;
            Map<Address, BigInteger> balances =
                    holders.computeIfAbsent(contract, _ -> new LinkedHashMap<>());
            BigInteger amount = log.number(0);
            add(balances, log, log.addressTopic(1), amount.negate());
            add(balances, log, log.addressTopic(2), amount);
        }
    }

    /** The zero address has what was burned less what was issued. */
    private void add(
            Map<Address, BigInteger> balances, ContractLog log, Address who, BigInteger amount) {
        BigInteger after = balances.merge(who, amount, BigInteger::add);
        if (after.signum() < 0 && !who.equals(Address.ZERO)) {
            findings.add(
                    log,
                    "%s pays %s points and did not have so many."
                            .formatted(who, new TokenAmount(amount.negate())));
        }
    }

    /** Asks the contracts what they know, as of a block. */
    void compare(ChainHistory history, long block) {
        holders.forEach((points, balances) -> compare(history, points, balances, block));
    }

    private void compare(
            ChainHistory history, Address points, Map<Address, BigInteger> balances, long block) {
        List<Address> accounts = new ArrayList<>(balances.keySet());
        accounts.remove(Address.ZERO);
        List<byte[]> questions = new ArrayList<>();
        questions.add(ChainHistory.call("totalSupply()"));
        accounts.forEach(who -> questions.add(ChainHistory.call("balanceOf(address)", who)));
        List<BigInteger> answers =
                history.ask(points, questions, block).stream()
                        .map(answer -> new BigInteger(1, answer))
                        .toList();
        BigInteger issued = balances.getOrDefault(Address.ZERO, BigInteger.ZERO).negate();
        if (!issued.equals(answers.getFirst())) {
            findings.add(
                    "Transfers issue %s points in all, the supply of %s is %s."
                            .formatted(
                                    new TokenAmount(issued),
                                    points,
                                    new TokenAmount(answers.getFirst())));
        }
        for (int i = 0; i < accounts.size(); i++) {
            BigInteger held = balances.getOrDefault(accounts.get(i), BigInteger.ZERO);
            if (!held.equals(answers.get(i + 1))) {
                findings.add(
                        "By the transfers %s has %s points, the contract says %s."
                                .formatted(
                                        accounts.get(i),
                                        new TokenAmount(held),
                                        new TokenAmount(answers.get(i + 1))));
            }
        }
    }

    /** All that was issued and not burned. */
    TokenAmount supply() {
        return new TokenAmount(
                holders.values().stream()
                        .map(balances -> balances.getOrDefault(Address.ZERO, BigInteger.ZERO))
                        .reduce(BigInteger.ZERO, BigInteger::subtract));
    }

    long transfers() {
        return transfers;
    }
}
