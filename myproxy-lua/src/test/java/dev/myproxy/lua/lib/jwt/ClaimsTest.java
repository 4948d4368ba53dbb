package dev.myproxy.lua.lib.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_500);

    @ParameterizedTest
    @CsvSource({"1000.6, 0, good", "1000.5, 0, expired", "1000.4, 0, expired", "999, 2, good", "998.5, 2, expired"})
    void expiryIsTheFirstMomentThatIsTooLate(double exp, double leeway, String expected) {
        assertThat(Claims.objection(Map.of(LuaValue.of("exp"), LuaValue.of(exp)), NOW, leeway))
                .isEqualTo(expected.equals("good") ? Optional.empty() : Optional.of("token has expired"));
    }

    @ParameterizedTest
    @CsvSource({"1000.5, 0, good", "1000.6, 0, early", "1002.5, 2, good", "1002.6, 2, early"})
    void notBeforeIsTheFirstMomentThatIsGood(double nbf, double leeway, String expected) {
        assertThat(Claims.objection(Map.of(LuaValue.of("nbf"), LuaValue.of(nbf)), NOW, leeway))
                .isEqualTo(expected.equals("good") ? Optional.empty() : Optional.of("token is not valid yet"));
    }

    @Test
    void bothCount() {
        assertThat(Claims.objection(
                Map.of(LuaValue.of("exp"), LuaValue.of(2000), LuaValue.of("nbf"), LuaValue.of(1500)), NOW, 0))
                .contains("token is not valid yet");
        assertThat(Claims.objection(Map.of(), NOW, 0)).isEmpty();
        assertThat(Claims.objection(Map.of(LuaValue.of("exp"), LuaValue.nil()), NOW, 0)).isEmpty();
        assertThat(Claims.objection(Map.of(LuaValue.of("nbf"), LuaValue.of("1")), NOW, 0))
                .contains("claim nbf is not a number");
    }
}
