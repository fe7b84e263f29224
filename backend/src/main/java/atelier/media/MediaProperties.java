package atelier.media;

import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one member may bring within a day; a picture they brought before counts once.
 *
 * @param picturesPerDay pictures kept of one member within 24 hours
 * @param bytesPerDay what these weigh together, as kept
 */
@ConfigurationProperties("atelier.media")
record MediaProperties(
        @DefaultValue("100") int picturesPerDay, @DefaultValue("256MB") DataSize bytesPerDay) {

    /**
     * Lets another picture pass or refuses it.
     *
     * @param pictures what the member brought within the day
     * @param bytes what that weighs
     * @param more bytes of the picture to come
     * @throws Refused {@code picture.quota} with both limits if it would be too much
     */
    void check(long pictures, long bytes, long more) {
        if (pictures >= picturesPerDay || bytes + more > bytesPerDay.toBytes()) {
            throw new Refused(
                    Reason.TOO_MANY, "picture.quota", picturesPerDay, bytesPerDay.toMegabytes());
        }
    }
}
