package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What events say was paid, held against the points that moved. Every settlement moves its points
 * first and says right after what for, in one transaction; so the transfers before an event are the
 * event's, to the unit. Others are gifts, but the treasury makes none.
 */
final class Settlements implements ChainHistory.Listener {

    /** One payer's transfers, one right after another, and what events say of them. */
    private static final class Payment {
        private final Hash32 tx;
        private final Address payer;
        private final List<ContractLog> transfers = new ArrayList<>();
        private final SortedMap<Address, TokenAmount> said = new TreeMap<>();
        private @Nullable ContractLog event;

        private Payment(Hash32 tx, Address payer) {
            this.tx = tx;
            this.payer = payer;
        }

        private boolean is(Hash32 tx, Address payer) {
            return this.tx.equals(tx) && this.payer.equals(payer);
        }
    }

    private final Address treasury;
    private final Findings findings;
    private @Nullable Payment current;

    Settlements(Address treasury, Findings findings) {
        this.treasury = treasury;
        this.findings = findings;
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        if (log.contract() == ContractKind.POINTS && log.is(Topics.TRANSFER)) {
            moved(log);
        } else if (log.contract() == ContractKind.TREASURY && contract.equals(treasury)) {
            treasury(log);
        }
    }

    private void treasury(ContractLog log) {
        if (log.is(Topics.COLLECTED)) {
            paid(log, log.addressTopic(2), treasury, log.number(0));
        } else if (log.is(Topics.COST_PAID)) {
            paid(log, treasury, log.addressTopic(3), log.number(0));
        } else if (log.is(Topics.SPENT) || log.is(Topics.FUNDED)) {
            paid(log, treasury, log.addressTopic(1), log.number(0));
        }
    }

    private void moved(ContractLog transfer) {
        Address payer = transfer.addressTopic(1);
        Payment payment = current;
        if (payment == null || payment.event != null || !payment.is(transfer.tx(), payer)) {
            payment = next(transfer.tx(), payer);
        }
        payment.transfers.add(transfer);
    }

    /** An event says that somebody paid; what it says of nothing needs no transfer. */
    void paid(ContractLog event, Address payer, Address to, BigInteger amount) {
        if (amount.signum() == 0) {
            return;
        }
        Payment payment = current;
        if (payment == null || !payment.is(event.tx(), payer)) {
            payment = next(event.tx(), payer);
        }
        payment.event = event;
        payment.said.merge(to, new TokenAmount(amount), TokenAmount::plus);
    }

    /** Nothing more is coming. */
    void end() {
        if (current != null) {
            check(current);
        }
        current = null;
    }

    private Payment next(Hash32 tx, Address payer) {
        end();
        Payment payment = new Payment(tx, payer);
        current = payment;
        return payment;
    }

    private void check(Payment payment) {
        int gifts = payment.transfers.size();
        ContractLog event = payment.event;
        if (event != null) {
            TokenAmount due =
                    payment.said.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
            Map<Address, TokenAmount> moved = new HashMap<>();
            TokenAmount sum = TokenAmount.ZERO;
            while (gifts > 0 && sum.compareTo(due) < 0) {
                gifts--;
                ContractLog transfer = payment.transfers.get(gifts);
                TokenAmount amount = new TokenAmount(transfer.number(0));
                moved.merge(transfer.addressTopic(2), amount, TokenAmount::plus);
                sum = sum.plus(amount);
            }
            if (!moved.equals(payment.said)) {
                findings.add(
                        event,
                        "%s is said to pay %s points, but the transfers are %s."
                                .formatted(payment.payer, payment.said, new TreeMap<>(moved)));
            }
        }
        if (payment.payer.equals(treasury)) {
            payment.transfers
                    .subList(0, gifts)
                    .forEach(transfer ->
                            findings.add(
                                    transfer,
                                    "%s points leave the treasury and no event says what for."
                                            .formatted(new TokenAmount(transfer.number(0)))));
        }
    }
}
