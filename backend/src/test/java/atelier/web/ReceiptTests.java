package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.TokenAmount;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.StaticMessageSource;

class ReceiptTests {

    private final StaticMessageSource messages = new StaticMessageSource();
    private final Format format = new Format(messages, "UTC");
    private final Drawings draw = new Drawings(messages, format);

    @BeforeEach
    void speak() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        messages.addMessage("web.points", Locale.ENGLISH, "{0} points");
        messages.addMessage("web.receipt.drawn", Locale.ENGLISH, "Where {0} go");
        messages.addMessage("web.recipe.drawn", Locale.ENGLISH, "{0}: {1} parts, {2}");
    }

    @AfterEach
    void fallSilent() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void refusesLinesThatDoNotSumToTheTotal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receipt(TokenAmount.ofUnits(101), line("Mina", 100)))
                .withMessageContaining("sum to 1");
    }

    @Test
    void refusesLinesBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> receipt(TokenAmount.ofUnits(100), line("a", 150), line("b", -50)));
    }

    @Test
    void barIsFilledToItsEndWhateverTheRounding() {
        String svg =
                draw.receipt(
                        receipt(TokenAmount.ofUnits(3), line("a", 1), line("b", 1), line("c", 1)));

        assertThat(svg)
                .contains("x=\"0.00\" width=\"333.33\"")
                .contains("x=\"333.33\" width=\"333.34\"")
                .contains("x=\"666.67\" width=\"333.33\"");
    }

    @Test
    void sharesOfNothingAreNotDrawn() {
        String svg = draw.receipt(receipt(TokenAmount.ofUnits(5), line("a", 5), line("b", 0)));

        assertThat(svg.split("<title>", -1)).hasSize(2);
    }

    @Test
    void receiptOfNothingIsAnEmptyBar() {
        assertThat(draw.receipt(receipt(TokenAmount.ZERO, line("a", 0)))).doesNotContain("tone-");
    }

    @Test
    void namesAreEscapedInTheDrawing() {
        String svg =
                draw.receipt(
                        receipt(
                                TokenAmount.ofUnits(5),
                                line("</title><script>alert('&\")</script>", 5)));

        assertThat(svg)
                .doesNotContain("<script")
                .contains("&lt;/title&gt;&lt;script&gt;alert(&#39;&amp;&quot;)");
    }

    @Test
    void recipeTitlesAreEscapedInTheDrawing() {
        String svg =
                draw.recipe(
                        new RecipeCard(
                                "\"><script>",
                                null,
                                null,
                                List.of(
                                        new RecipeCard.Part(
                                                RecipeCard.Kind.FEE,
                                                "<b>",
                                                0,
                                                "",
                                                TokenAmount.ZERO)),
                                TokenAmount.ZERO));

        assertThat(svg).doesNotContain("<script").doesNotContain("<b>");
    }

    private static Receipt receipt(TokenAmount total, Receipt.Line... lines) {
        return new Receipt(List.of(lines), total);
    }

    private static Receipt.Line line(String who, long units) {
        return new Receipt.Line(who, null, TokenAmount.ofUnits(units), Tone.SELLER);
    }
}
