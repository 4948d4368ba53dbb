package dev.myproxy.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {

    @Test
    void goodOnes() {
        assertThat(new ErrorCode(1, "HY000").code()).isEqualTo(1);
        assertThat(new ErrorCode(65534, "4Z9A0").sqlState()).isEqualTo("4Z9A0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65535, 65536})
    void badCodes(int code) {
        assertThatThrownBy(() -> new ErrorCode(code, "HY000")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HY00", "HY0000", "00000", "hy000", "HY 00", "HY00\u00c4", "HY00\u0661"})
    void badSqlStates(String sqlState) {
        assertThatThrownBy(() -> new ErrorCode(1, sqlState)).isInstanceOf(IllegalArgumentException.class);
    }
}
