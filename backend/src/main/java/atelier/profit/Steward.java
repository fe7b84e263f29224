package atelier.profit;

import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.Refused;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Does in time what anybody could do: closes an epoch that is over, publishes its statement, pays
 * the shares of the one that counts.
 */
@Component
class Steward {

    private static final Logger log = LoggerFactory.getLogger(Steward.class);

    private final Epochs epochs;
    private final Publishing publishing;
    private final Payments payments;
    private final Errands errands;
    private final ProfitCalls calls;
    private final Members members;
    private final Mirror mirror;
    private final ProfitClock clock;
    private final ProfitProperties properties;

    Steward(
            Epochs epochs,
            Publishing publishing,
            Payments payments,
            Errands errands,
            ProfitCalls calls,
            Members members,
            Mirror mirror,
            ProfitClock clock,
            ProfitProperties properties) {
        this.epochs = epochs;
        this.publishing = publishing;
        this.payments = payments;
        this.errands = errands;
        this.calls = calls;
        this.members = members;
        this.mirror = mirror;
        this.clock = clock;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${atelier.profit.look-every:3s}")
    void look() {
        if (mirror.status().filter(MirrorStatus::caughtUp).isEmpty()) {
            return;
        }
        try {
            close();
            payments.pay();
            if (properties.publish()) {
                publish();
            }
        } catch (Refused refused) {
            log.debug("Nothing more is done for the epochs this time: {}", refused.code());
        }
    }

    /** Has the epoch that is over closed, whoever asks; nothing if it lasts. */
    Optional<Intent> close() {
        return epochs.newest()
                .map(Epochs.Opened::epoch)
                .filter(epoch -> !clock.now().isBefore(Instant.ofEpochSecond(epoch.end())))
                .map(epoch ->
                        errands.send(
                                new Errands.Errand(
                                        "profit.close",
                                        Long.toString(epoch.number()),
                                        null,
                                        "/profit"),
                                calls::closeEpoch));
    }

    private void publish() {
        publishing
                .next()
                .ifPresent(statement ->
                        members.first(Role.ADMIN)
                                .ifPresent(admin ->
                                        publishing.publish(admin.id(), statement.epoch())));
    }
}
