package atelier.chain;

import atelier.kernel.MemberId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The node of the simulation. */
class FakeNodeTests extends NodeFacts {

    private @Nullable Stage stage;

    @BeforeEach
    void begin() {
        stage = new FakeStage();
    }

    @Override
    Stage on() {
        return java.util.Objects.requireNonNull(stage);
    }

    private static final class FakeStage implements Stage {

        private final FakeChain chain = new FakeChain(1, Instant.parse("2026-01-01T00:00:00Z"));
        private final Node node = new FakeNode(chain, MemoryStore.Hazards.NONE);
        private final Contracts contracts = new Contracts(SimulatedProcess.NO_VIEWS);
        private final Signing signing = new FakeSigning();
        private int members;

        FakeStage() {
            contracts.open(
                    new Contracts.Deployed(
                            1,
                            FakeChain.CHAIN_ID,
                            FakeContracts.addresses(),
                            FakeContracts.DEPLOYER,
                            FakeContracts.RELAYER,
                            FakeChain.FIRST));
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public Signing signing() {
            return signing;
        }

        @Override
        public ForwardRequests requests() {
            return new ForwardRequests(contracts, signing);
        }

        @Override
        public Contracts.Deployed deployed() {
            return contracts.get();
        }

        @Override
        public Member join() {
            return new Member(
                    new MemberId(new UUID(1, members)), SimulatedProcess.account(members++));
        }

        @Override
        public void mine() {
            chain.mine(Instant.EPOCH, true);
        }

        @Override
        public Object mark() {
            return chain.head().number();
        }

        @Override
        public void backTo(Object mark) {
            chain.reorganise(Math.toIntExact(chain.head().number() - (long) mark));
        }
    }
}
