package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerTests {

    @Test
    void keepsTheOtherParametersEncoded() {
        Pager pager = Pager.pages("/market", Map.of("q", "貓 & {月}"), 2, 3);

        assertThat(pager.newer()).isEqualTo("/market?q=%E8%B2%93%20%26%20%7B%E6%9C%88%7D&page=1");
    }

    @Test
    void replacesThePageAndLeavesOutWhatIsEmpty() {
        Pager pager = Pager.pages("/market", Map.of("page", "2", "recipe", ""), 2, 3);

        assertThat(pager.older()).isEqualTo("/market?page=3");
    }

    @Test
    void goesNowhereBeyondEitherEnd() {
        assertThat(Pager.pages("/market", Map.of(), 1, 1).needed()).isFalse();
        assertThat(Pager.pages("/market", Map.of(), 1, 2).newer()).isNull();
        assertThat(Pager.pages("/market", Map.of(), 2, 2).older()).isNull();
    }
}
