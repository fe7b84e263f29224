package atelier.market;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.media.Media;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.Founder;
import atelier.workshop.Curator;
import atelier.workshop.Draft;
import atelier.workshop.NewDraft;
import atelier.workshop.NewRecipe;
import atelier.workshop.NewSupply;
import atelier.workshop.RecipeView;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** People with points and works, made as members make them. */
final class Bazaar extends Founder {

    private final Members members;
    private final Ledger ledger;
    private final Curator curator;
    private final Studio studio;
    private final Workshop workshop;
    private final Media media;
    private final Rules rules;
    private final String name = "Watercolour " + UUID.randomUUID();
    private final Map<MemberId, String> emails = new HashMap<>();
    private MemberId teacher = new MemberId(new UUID(0, 0));
    private int pictures;

    Bazaar(
            Members members,
            Ledger ledger,
            Curator curator,
            Studio studio,
            Workshop workshop,
            Media media,
            Rules rules) {
        this.members = members;
        this.ledger = ledger;
        this.curator = curator;
        this.studio = studio;
        this.workshop = workshop;
        this.media = media;
        this.rules = rules;
    }

    /** In an application that runs, beside whatever other tests do in it. */
    static Bazaar in(AutowireCapableBeanFactory application) {
        Bazaar bazaar = in(application, Bazaar.class);
        bazaar.open();
        return bazaar;
    }

    /** An admin, a supply and a recipe. */
    private void open() {
        teacher = admin("Teacher", email()).id();
        members.appoint(teacher, Role.SUPPLIER);
        done(
                curator.define(
                        teacher,
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                name,
                                teacher,
                                TokenAmount.parsePoints("1"),
                                1_000_000),
                        key()));
        SupplyId colour =
                workshop.supplies().stream()
                        .filter(supply -> supply.name().equals(name))
                        .map(SupplyView::id)
                        .findFirst()
                        .orElseThrow();
        done(
                studio.propose(
                        teacher,
                        new NewRecipe(
                                name,
                                "Paint and frame.",
                                TokenAmount.parsePoints("1"),
                                List.of(new NewRecipe.Input(colour, 1)),
                                null),
                        key()));
        done(curator.approve(teacher, recipe(), key()));
    }

    /** A new member with enough points for everything a test buys. */
    Member joinWithPoints(String name) {
        String email = email();
        Member member = memberWithPoints(name, email);
        emails.put(member.id(), email);
        done(
                ledger.grant(
                        teacher,
                        member.id(),
                        TokenAmount.parsePoints("5000"),
                        "For the tests.",
                        key()));
        return member;
    }

    /** With what a member signs in, beside the password of all. */
    String emailOf(Member member) {
        return Objects.requireNonNull(emails.get(member.id()));
    }

    RecipeId recipe() {
        return workshop.recipes().stream()
                .filter(recipe -> recipe.title().equals(name))
                .map(RecipeView::id)
                .findFirst()
                .orElseThrow();
    }

    /** A work that a member makes with their own points. */
    WorkId make(Member maker, String title) {
        Draft draft =
                studio.begin(
                        maker.id(),
                        new NewDraft(
                                recipe(),
                                media.store(new ByteArrayInputStream(picture()), maker.id()).hash(),
                                title,
                                "Made for a test."),
                        key());
        done(studio.make(draft.id(), maker.id(), null, key()));
        return Objects.requireNonNull(studio.draft(draft.id(), maker.id()).work());
    }

    /** Does something while the trading fee is higher by so many basis points. */
    void whileTheFeeIsHigher(int by, Runnable what) {
        int before = rules.current().tradingFee().value();
        tradingFee(before + by);
        try {
            what.run();
        } finally {
            tradingFee(before);
        }
    }

    private void tradingFee(int fee) {
        done(
                rules.set(
                        teacher,
                        members.find(teacher).orElseThrow().account(),
                        Map.of(Rule.TRADING_FEE, BigInteger.valueOf(fee)),
                        key()));
    }

    private byte[] picture() {
        pictures++;
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i, (i * pictures) % 64, Color.HSBtoRGB(pictures * 0.07f, 1, 1));
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
