package atelier.ledger.web;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import atelier.ledger.Asset;
import atelier.ledger.AssetProof;
import atelier.ledger.Holding;
import atelier.ledger.Ledger;
import atelier.ledger.Reconciliation;
import atelier.rules.Contact;
import atelier.rules.Contacts;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What anyone needs to check the mirror against the chain; amounts as decimal text. */
@RestController
class ProofApi {

    private static final int MOST = 1_000;

    /**
     * How far the mirror is and whether everything adds up.
     *
     * @param chainAnswers false while the head may be an old one
     * @param directory the contract that lists the others, null until it is deployed
     */
    record ProofView(
            long chainId,
            boolean chainAnswers,
            long head,
            long mirrored,
            String hash,
            Instant time,
            long lag,
            @Nullable Long finalBlock,
            boolean sound,
            List<AssetView> assets,
            SampleView sample,
            @Nullable String directory,
            List<ContractView> contracts) {}

    /** One of the community's contracts; the last block is null while it counts. */
    record ContractView(String kind, String address, long firstBlock, @Nullable Long lastBlock) {}

    /** One asset counted twice, and by its contract where that counts. */
    record AssetView(
            String asset,
            String supply,
            String holdings,
            @Nullable String onChain,
            String difference) {}

    /** What the rolling comparison with the contracts' own balances said. */
    record SampleView(@Nullable Instant at, long block, long compared, int differences) {}

    /** What a comparison of everything found. */
    record ComparisonView(
            long block, boolean sound, List<DifferenceView> differences, List<AssetView> uneven) {}

    /** A holding that its contract knows otherwise. */
    record DifferenceView(
            long block, String account, String asset, String mirrored, String onChain) {}

    /** One page of everything that is held. */
    record HoldingsView(long block, List<HoldingView> items, @Nullable String next) {}

    /** One holding. */
    record HoldingView(String account, String asset, String amount) {}

    private final Ledger ledger;
    private final Mirror mirror;
    private final Contacts contacts;
    private final Contracts contracts;

    ProofApi(Ledger ledger, Mirror mirror, Contacts contacts, Contracts contracts) {
        this.ledger = ledger;
        this.mirror = mirror;
        this.contacts = contacts;
        this.contracts = contracts;
    }

    @GetMapping("/api/v1/proof")
    @PermitAll
    ProofView proof() {
        MirrorStatus status = status();
        List<AssetProof> assets = ledger.supplies();
        Reconciliation sample = ledger.reconciliation();
        return new ProofView(
                status.chainId(),
                mirror.nodeAnswers(),
                status.nodeHead(),
                status.height(),
                status.hash().toString(),
                status.time(),
                status.lag(),
                status.finalHeight() < 0 ? null : status.finalHeight(),
                sample.sound() && assets.stream().allMatch(AssetProof::sound),
                assets.stream().map(ProofApi::view).toList(),
                new SampleView(
                        sample.at(),
                        sample.block(),
                        sample.compared(),
                        sample.differences().size()),
                contracts.deployed() ? contracts.address(ContractKind.DIRECTORY).toString() : null,
                contacts.all().stream().map(ProofApi::view).toList());
    }

    @GetMapping("/api/v1/proof/holdings")
    @PermitAll
    HoldingsView holdings(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "500") int limit,
            @RequestParam(required = false) @Nullable String block) {
        int most = Math.clamp(limit, 1, MOST);
        Holding from = after == null ? null : cursor(after);
        long height = block == null ? status().height() : mirror.asked(block).number();
        List<Holding> page =
                block == null ? ledger.holdings(from, most) : ledger.holdingsAt(height, from, most);
        return new HoldingsView(
                height,
                page.stream().map(ProofApi::view).toList(),
                page.size() < most ? null : cursor(page.getLast()));
    }

    /** Compares everything that is held with the contracts now; minutes in a large community. */
    @PostMapping("/api/v1/proof/comparison")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    ComparisonView compare() {
        Reconciliation compared = ledger.compareAll();
        return new ComparisonView(
                compared.block(),
                compared.sound(),
                compared.differences().stream().map(ProofApi::view).toList(),
                compared.uneven().stream().map(ProofApi::view).toList());
    }

    private MirrorStatus status() {
        return mirror.status().orElseThrow(() -> Refused.unavailable("rules.unread"));
    }

    private static AssetView view(AssetProof proof) {
        BigInteger onChain = proof.onChain();
        return new AssetView(
                proof.asset(),
                proof.supply().toString(),
                proof.holdings().toString(),
                onChain == null ? null : onChain.toString(),
                proof.difference().toString());
    }

    private static ContractView view(Contact contact) {
        return new ContractView(
                contact.kind(), contact.at().toString(), contact.firstBlock(), contact.lastBlock());
    }

    private static DifferenceView view(Reconciliation.Difference difference) {
        return new DifferenceView(
                difference.block(),
                difference.account().toString(),
                difference.asset().toString(),
                difference.mirrored().toString(),
                difference.onChain().toString());
    }

    private static HoldingView view(Holding holding) {
        return new HoldingView(
                holding.account().toString(),
                holding.asset().toString(),
                holding.amount().toString());
    }

    private static String cursor(Holding last) {
        return last.account() + "-" + last.asset().kind() + "-" + last.asset().number();
    }

    private static Holding cursor(String text) {
        String[] parts = text.split("-", -1);
        try {
            if (parts.length == 3 && parts[2].length() <= 78) {
                return new Holding(
                        Address.parse(parts[0]),
                        Asset.of(parts[1], new BigInteger(parts[2])),
                        BigInteger.ONE);
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as every text that is no cursor of ours.
        }
        throw Refused.invalid("proof.cursor");
    }
}
