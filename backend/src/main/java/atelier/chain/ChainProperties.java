package atelier.chain;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Atelier meets its chain.
 *
 * @param rpcUrl the node's JSON-RPC endpoint; without one nothing is sent or mirrored
 * @param confirmations blocks on top of a block until it counts as final
 * @param faucetKey hexadecimal private key that funds the platform's own keys; set by the embedded
 *     development chain only
 * @param timeout longest wait for one answer of the node
 * @param pollBusy wait between looks at the head while something is on its way
 * @param pollIdle wait between looks at the head otherwise
 * @param lease how long a process that died keeps others from sending and reading
 * @param resendAfter when a transaction that is in no block is sent again
 * @param replaceAfter when it is sent again with a higher fee
 * @param afterTrouble wait before the pipeline tries again what failed
 * @param maxFeePerGas cap of what is paid, in wei
 * @param maxBatch most intents in one transaction
 * @param maxOpen most transactions of a relayer that are in no block yet
 * @param pace shortest time between two transactions of a relayer, while intents gather for the
 *     next
 * @param relayers how many keys forward and issue; one that has joined stays
 * @param lowFuel how long what a relayer has must last; below it, people are warned
 * @param requestLife how long what a member signed may be brought to the chain
 */
@ConfigurationProperties("atelier.chain")
record ChainProperties(
        @Nullable URI rpcUrl,
        @DefaultValue("12") int confirmations,
        @Nullable String faucetKey,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("15ms") Duration pollBusy,
        @DefaultValue("250ms") Duration pollIdle,
        @DefaultValue("4s") Duration lease,
        @DefaultValue("15s") Duration resendAfter,
        @DefaultValue("90s") Duration replaceAfter,
        @DefaultValue("1s") Duration afterTrouble,
        @DefaultValue("500000000000") BigInteger maxFeePerGas,
        @DefaultValue("600") int maxBatch,
        @DefaultValue("64") int maxOpen,
        @DefaultValue("150ms") Duration pace,
        @DefaultValue("1") int relayers,
        @DefaultValue("3d") Duration lowFuel,
        @DefaultValue("10m") Duration requestLife) {}
