package atelier.profit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much happens by itself.
 *
 * @param publish whether statements are published by the first admin's key as soon as they can be;
 *     otherwise an admin does it
 */
@ConfigurationProperties("atelier.profit")
record ProfitProperties(@DefaultValue("true") boolean publish) {}
