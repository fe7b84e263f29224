package atelier.chain;

import atelier.devnet.DevChain;
import atelier.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A node behind JSON-RPC, with the community's own contracts. */
@Tag("chain")
class RpcNodeTests extends NodeFacts {

    @TempDir static Path folder;

    private static @Nullable RpcStage stage;

    @BeforeAll
    static void begin() {
        stage = new RpcStage();
    }

    @AfterAll
    static void end() {
        Objects.requireNonNull(stage).close();
        stage = null;
    }

    @Override
    Stage on() {
        return Objects.requireNonNull(stage);
    }

    private static final class RpcStage implements Stage {

        private final DevChain chain = Chains.start();
        private final Backend backend;
        private final JsonRpc rpc;

        RpcStage() {
            backend =
                    Backend.start(
                            chain.rpcUrl(), TestDatabase.create(), folder, Faults.none(), Map.of());
            backend.bean(Pipeline.class).stop();
            rpc = new JsonRpc(URI.create(chain.rpcUrl()), Duration.ofSeconds(5));
            rpc.send(JsonRpc.Request.of("evm_setAutomine", false));
        }

        @Override
        public Node node() {
            return backend.bean(Node.class);
        }

        @Override
        public Signing signing() {
            return backend.bean(Signing.class);
        }

        @Override
        public ForwardRequests requests() {
            return backend.bean(ForwardRequests.class);
        }

        @Override
        public Contracts.Deployed deployed() {
            return backend.bean(Contracts.class).get();
        }

        @Override
        public Member join() {
            Backend.Member member = backend.join();
            return new Member(member.id(), member.account());
        }

        @Override
        public void mine() {
            rpc.send(JsonRpc.Request.of("evm_mine"));
        }

        @Override
        public Object mark() {
            return rpc.send(JsonRpc.Request.of("evm_snapshot")).asString();
        }

        @Override
        public void backTo(Object mark) {
            rpc.send(JsonRpc.Request.of("evm_revert", mark));
        }

        void close() {
            rpc.close();
            backend.close();
            chain.close();
        }
    }
}
