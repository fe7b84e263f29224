package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same chain from a container. */
class ContainerTests {

    private static final int CONFIRMATIONS = 1;

    @BeforeAll
    static void requireDocker() {
        Docker.require();
    }

    @Test
    void goesOnInAContainerAndBackInAProcess(@TempDir Path folder) {
        DevChain.Options kept = DevChain.Options.keptIn(folder).confirmations(CONFIRMATIONS);
        DevChain.Options contained = kept.mode(DevChain.Mode.CONTAINER);

        String first = headAfterPaying(kept);
        String second = headAfterPaying(contained);

        try (DevChain again = DevChain.start(kept)) {
            RpcClient rpc = RpcClient.of(again);
            assertThat(rpc.height()).isEqualTo(2 * (1 + CONFIRMATIONS));
            assertThat(rpc.headHash()).isEqualTo(second);
            assertThat(rpc.block(1 + CONFIRMATIONS).get("hash").stringValue()).isEqualTo(first);
        }
    }

    @Test
    void listensOnLoopbackAndDiesWhenKilled() {
        DevChain chain = DevChain.start(DevChain.Options.inMemory().mode(DevChain.Mode.CONTAINER));
        RpcClient rpc = RpcClient.of(chain);
        assertThat(chain.rpcUrl()).startsWith("http://127.0.0.1:");
        assertThat(RpcClient.number(rpc.call("eth_chainId"))).isEqualTo(DevChain.CHAIN_ID);

        chain.kill();

        assertThatThrownBy(rpc::height).isInstanceOf(RpcClient.NoAnswer.class);
    }

    private static String headAfterPaying(DevChain.Options options) {
        try (DevChain chain = DevChain.start(options)) {
            RpcClient rpc = RpcClient.of(chain);
            return rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).headHash();
        }
    }
}
