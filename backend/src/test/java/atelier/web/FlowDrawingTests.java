package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.TokenAmount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;

final class FlowDrawingTests {

    private static final TokenAmount LITTLE = TokenAmount.ofUnits(1);
    private static final TokenAmount MUCH = TokenAmount.ofUnits(999);

    @Test
    void letsNoRibbonHideWords() {
        Flow flow =
                new Flow(
                        List.of(new Flow.Part("Sales", LITTLE.plus(MUCH), Flow.Kind.INCOME)),
                        List.of(
                                new Flow.Part("Rounding", LITTLE, Flow.Kind.KEPT),
                                new Flow.Part("Creators", MUCH, Flow.Kind.SHARE)),
                        LITTLE.plus(MUCH));

        String svg = FlowDrawing.draw(flow, "A flow", new Format(codes(), ""));

        assertThat(svg).contains("Rounding", "Creators");
        assertThat(svg.lastIndexOf("<path")).isLessThan(svg.indexOf("<text"));
    }

    private static StaticMessageSource codes() {
        StaticMessageSource codes = new StaticMessageSource();
        codes.setUseCodeAsDefaultMessage(true);
        return codes;
    }
}
