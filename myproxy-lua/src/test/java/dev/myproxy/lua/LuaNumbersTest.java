package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuaNumbersTest {

    @ParameterizedTest
    @CsvSource({"0,0", "-0.0,-0", "1,1", "-17,-17", "0.1,0.1", "1e15,1e+15", "1e14,1e+14",
            "99999999999999,99999999999999",
            "123456789012345678,1.2345678901235e+17", "0.0001,0.0001", "0.00001,1e-05", "1e100,1e+100",
            "-1.5e-7,-1.5e-07",
            "3.14159265358979,3.1415926535898", "1e300,1e+300", "Infinity,inf", "-Infinity,-inf", "NaN,nan"})
    void formatsAsLua(double number, String text) {
        assertThat(LuaNumbers.format(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "' 17 ',17", "-1.5,-1.5", "+2,2", ".5,0.5", "5.,5", "1e3,1000", "1E-2,0.01", "0x10,16",
            "-0XfF,-255",
            "0xffffffffffffffff,1.8446744073709552E19"})
    void parsesAsLua(String text, double number) {
        assertThat(LuaNumbers.parse(ByteString.of(text))).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1x", "0x", "1e", "--1", "1 2", "1_000", "0xg", ".", "1f", "1d"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(LuaNumbers.parse(ByteString.of(text))).isEmpty();
    }

    @Test
    void convertsBothWaysAndNothingElse() {
        assertThat(LuaNumbers.asString(LuaValue.of(1.5))).contains(ByteString.of("1.5"));
        assertThat(LuaNumbers.asString(LuaValue.of("x"))).contains(ByteString.of("x"));
        assertThat(LuaNumbers.asString(LuaValue.of(true))).isEmpty();
        assertThat(LuaNumbers.asNumber(LuaValue.of("1.5"))).contains(1.5);
        assertThat(LuaNumbers.asNumber(LuaValue.of(2))).contains(2.0);
        assertThat(LuaNumbers.asNumber(LuaValue.nil())).isEmpty();
    }
}
