package atelier.profit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFilesTests {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void keepsSpreadsheetsFromComputingNames(String name) {
        assertThat(StatementFiles.quoted(name)).isEqualTo("\"'" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"林妤蓁", "Ana, of Lisbon", "1=1", ""})
    void leavesOtherNamesAsTheyAre(String name) {
        assertThat(StatementFiles.quoted(name)).isEqualTo('"' + name + '"');
    }

    @Test
    void keepsQuotesInsideTheirCell() {
        assertThat(StatementFiles.quoted("a\",=1+1,\"b")).isEqualTo("\"a\"\",=1+1,\"\"b\"");
    }
}
