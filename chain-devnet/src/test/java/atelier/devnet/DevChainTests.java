package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What a chain in memory does for whoever calls it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevChainTests {

    private static final int CONFIRMATIONS = 2;

    private DevChain chain;
    private RpcClient rpc;

    @BeforeAll
    void startChain() {
        chain = DevChain.start(DevChain.Options.inMemory().confirmations(CONFIRMATIONS));
        rpc = RpcClient.of(chain);
    }

    @AfterAll
    void stopChain() {
        chain.close();
    }

    @Test
    void answersOnLoopbackWithItsChainId() {
        assertThat(chain.rpcUrl()).startsWith("http://127.0.0.1:");
        assertThat(RpcClient.number(rpc.call("eth_chainId"))).isEqualTo(DevChain.CHAIN_ID);
    }

    @Test
    void fundsItsWellKnownAccounts() {
        List<String> accounts =
                rpc.call("eth_accounts").valueStream().map(JsonNode::stringValue).toList();

        assertThat(accounts)
                .isEqualTo(DevChain.accounts().stream().map(DevAccount::address).toList());
    }
}
