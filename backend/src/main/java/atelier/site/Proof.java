package atelier.site;

import atelier.chain.MirrorStatus;
import atelier.kernel.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the mirror is and whether it is right.
 *
 * @param mirror null before the first block
 * @param chainAnswers false while the newest known block may be an old one
 * @param samples null before the first holding was compared with its contract
 */
record Proof(
        @Nullable MirrorStatus mirror,
        boolean chainAnswers,
        List<AssetLine> assets,
        @Nullable Samples samples,
        List<ContractLine> contracts) {

    /** One asset's supply against the sum of its holdings, in words. */
    record AssetLine(
            String name, String supply, String holdings, String difference, boolean sound) {}

    /** Holdings compared with the contracts' own balances. */
    record Samples(long block, long compared, int differing) {

        /** Whether all of them agreed. */
        public boolean sound() {
            return differing == 0;
        }
    }

    /**
     * Where a contract is.
     *
     * @param kind its name in the Directory
     * @param lastBlock null while it counts
     */
    record ContractLine(String kind, Address at, @Nullable Long lastBlock) {}

    Proof {
        assets = List.copyOf(assets);
        contracts = List.copyOf(contracts);
    }

    /** Whether every figure agrees. */
    public boolean sound() {
        return assets.stream().allMatch(AssetLine::sound) && (samples == null || samples.sound());
    }
}
