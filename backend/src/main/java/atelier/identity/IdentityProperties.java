package atelier.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the door is.
 *
 * @param window how long tries are remembered
 * @param triesPerPlace tries at one account from one network address
 * @param triesPerAccount tries at one account from anywhere
 * @param triesPerAddress tries at any account from one network address; a school shares one
 * @param joinsPerAddress members made from one network address
 * @param tokenLife how long an API token opens
 * @param tokensPerMember how many of them a member may hold at once; the oldest gives way
 */
@ConfigurationProperties("atelier.identity")
record IdentityProperties(
        @DefaultValue("15m") Duration window,
        @DefaultValue("5") int triesPerPlace,
        @DefaultValue("50") int triesPerAccount,
        @DefaultValue("100") int triesPerAddress,
        @DefaultValue("100") int joinsPerAddress,
        @DefaultValue("30d") Duration tokenLife,
        @DefaultValue("20") int tokensPerMember) {}
