package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ChainHistory.Listed;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.kernel.Address;
import atelier.profit.Fact;
import atelier.profit.FactReader;
import atelier.profit.ShareDomain;
import atelier.profit.Statement;
import atelier.profit.Statements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What statements are made of, collected from the contracts that they are made of. */
final class Facts implements ChainHistory.Listener {

    private final Map<ContractKind, Address> first;
    private final List<Fact> facts = new ArrayList<>();

    private Facts(Map<ContractKind, Address> first) {
        this.first = first;
    }

    /**
     * Nothing collected yet. Of most kinds a statement knows no contract but the first listed.
     *
     * @throws Audit.Impossible if one is not listed without which there is nothing to audit
     */
    static Facts from(List<Listed> listed) {
        Map<ContractKind, Address> first = new EnumMap<>(ContractKind.class);
        listed.forEach(contract -> first.putIfAbsent(contract.kind(), contract.at()));
        for (ContractKind kind :
                List.of(ContractKind.RULE_BOOK, ContractKind.TREASURY, ContractKind.PROFIT_SHARE)) {
            if (!first.containsKey(kind)) {
                throw new Audit.Impossible(
                        "The Directory lists no %s: this community has no statements to audit."
                                .formatted(kind.directoryName()));
            }
        }
        return new Facts(first);
    }

    /** Where the first contract of a kind is. */
    Address at(ContractKind kind) {
        return Objects.requireNonNull(first.get(kind));
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        if (counts(log.contract(), contract)) {
            FactReader.read(log, contract).ifPresent(facts::add);
        }
    }

    private boolean counts(ContractKind kind, Address contract) {
        return kind == ContractKind.MARKET
                || kind == ContractKind.WORKSHOP
                || contract.equals(first.getOrDefault(kind, Address.ZERO));
    }

    /**
     * The statements of all closed epochs.
     *
     * @throws IllegalArgumentException if facts are missing
     */
    List<Statement> statements(long chainId) {
        return Statements.of(
                new ShareDomain(chainId, at(ContractKind.PROFIT_SHARE)),
                Collections.unmodifiableList(facts));
    }

    int count() {
        return facts.size();
    }
}
