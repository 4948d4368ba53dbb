package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStateTest {

    @ParameterizedTest
    @CsvSource({"1045,28000", "1062,23000", "1064,42000", "1146,42S02", "1153,08S01", "1205,HY000", "1213,40001",
            "1227,42000", "1105,HY000", "60000,HY000"})
    void isThatOfServers(int code, String sqlState) {
        assertThat(SqlState.of(code)).isEqualTo(sqlState);
    }
}
