package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;

class FormatTests {

    private final Format format = new Format(messages(), "Asia/Taipei");

    @BeforeEach
    void speak() {
        LocaleContextHolder.setLocale(Locale.TRADITIONAL_CHINESE);
    }

    @AfterEach
    void fallSilent() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void pointsCarryTheirUnitAndNoZerosAtTheEnd() {
        assertThat(format.points(TokenAmount.ofUnits(128_450))).isEqualTo("1,284.5 點");
        assertThat(format.points(TokenAmount.ofUnits(32_000))).isEqualTo("320 點");
        assertThat(format.points(TokenAmount.ofUnits(5))).isEqualTo("0.05 點");
    }

    @Test
    void lossesWearARealMinusAndGainsAPlus() {
        assertThat(format.signed(TokenAmount.ofUnits(-350))).isEqualTo("−3.5");
        assertThat(format.signed(TokenAmount.ofUnits(2_000))).isEqualTo("+20");
        assertThat(format.signed(TokenAmount.ZERO)).isEqualTo("0");
    }

    @Test
    void figuresOfAColumnHaveAsManyDecimals() {
        List<TokenAmount> column =
                Stream.of(27_200L, 2_560L, 320_000L).map(TokenAmount::ofUnits).toList();
        int places = format.places(column);
        assertThat(column.stream().map(amount -> format.amount(amount, places)))
                .containsExactly("272.0", "25.6", "3,200.0");
        assertThat(format.places(List.of(TokenAmount.ofUnits(30_000)))).isZero();
    }

    @Test
    void greatRoundFiguresAreInWords() {
        assertThat(format.great(TokenAmount.parsePoints("10000000000000"))).isEqualTo("10兆 點");
        assertThat(format.great(TokenAmount.parsePoints("1000000"))).isEqualTo("1,000,000 點");
        assertThat(format.great(TokenAmount.ZERO)).isEqualTo("0 點");
    }

    @Test
    void sharesAreInPercent() {
        assertThat(format.share(new BasisPoints(800))).isEqualTo("8%");
        assertThat(format.share(new BasisPoints(250))).isEqualTo("2.5%");
        assertThat(format.share(new BasisPoints(1))).isEqualTo("0.01%");
        assertThat(format.share(new BasisPoints(10_000))).isEqualTo("100%");
        assertThat(format.share(new BasisPoints(0))).isEqualTo("0%");
    }

    @Test
    void timesAreInThePlacesOwnZone() {
        assertThat(format.time(Instant.parse("2026-01-03T16:05:00Z"))).contains("2026", "1月4日");
        assertThat(format.time(Instant.parse("2026-01-03T16:05:00Z"))).endsWith("0:05");
        assertThat(format.iso(Instant.parse("2026-01-03T16:05:00Z")))
                .isEqualTo("2026-01-03T16:05:00Z");
    }

    @Test
    void lagIsInTheUnitThatFits() {
        assertThat(format.lag(Duration.ofSeconds(3))).isEqualTo("3 秒");
        assertThat(format.lag(Duration.ofMinutes(4))).isEqualTo("4 分鐘");
        assertThat(format.lag(Duration.ofHours(30))).isEqualTo("30 小時");
    }

    @Test
    void longHexIsShownByBothEnds() {
        assertThat(format.brief("0x12ab34cd56ef7890")).isEqualTo("0x12ab…7890");
        assertThat(format.brief("0x12")).isEqualTo("0x12");
    }

    @Test
    void oneCharacterStandsForAName() {
        assertThat(format.glyph("水彩顏料")).isEqualTo("料");
        assertThat(format.glyph("mina")).isEqualTo("M");
        assertThat(format.glyph("𠮷")).isEqualTo("𠮷");
        assertThat(format.glyph("…")).isEqualTo("·");
    }

    @Test
    void refusalsWithoutWordsOfTheirOwnStillSaySomething() {
        assertThat(format.title(Refused.invalid("no.such.code"))).isNotBlank();
        assertThat(format.problem("no.such.code", "remedy", List.of(1L))).isNotBlank();
    }

    private static ReloadableResourceBundleMessageSource messages() {
        ReloadableResourceBundleMessageSource messages =
                new ReloadableResourceBundleMessageSource();
        messages.setBasename("classpath:messages/web");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
