package dev.myproxy.lua.lib.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.0, 0", "1, 1", "-1.5, -1.5", "1e15, 1000000000000000", "9007199254740992, 9007199254740992",
            "9007199254740994, 9.007199254740994e15", "1e20, 1e20", "1.25e-7, 1.25e-7", "2e-5, 2e-5",
            "0.001, 0.001", "123456.789, 123456.789", "1.7976931348623157e308, 1.7976931348623157e308",
            "4.9e-324, 4.9e-324"})
    void areShort(double number, String text) {
        assertThat(JsonNumbers.format(number)).isEqualTo(text);
    }

    @Test
    void readAsTheSameNumber() {
        Random random = new Random(1);
        random.longs(10_000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite).forEach(number -> {
            String text = JsonNumbers.format(number);
            assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e-?[0-9]+)?");
            assertThat(Double.parseDouble(text)).isEqualTo(number);
        });
    }
}
