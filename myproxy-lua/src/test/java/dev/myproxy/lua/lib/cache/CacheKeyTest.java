package dev.myproxy.lua.lib.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheKeyTest {

    private static CacheKey key(LuaValue value) {
        return CacheKey.of(value).orElseThrow();
    }

    @Test
    void valuesOfDifferentTypesAreDifferentKeys() {
        assertThat(key(LuaValue.of(1.0))).isNotEqualTo(key(LuaValue.of("1")));
        assertThat(key(LuaValue.of(true))).isNotEqualTo(key(LuaValue.of("\u0001")));
        assertThat(key(LuaValue.of("a"))).isEqualTo(key(LuaValue.of("a"))).isLessThan(key(LuaValue.of("b")));
    }

    @Test
    void theTwoZerosAreOneKey() {
        assertThat(key(LuaValue.of(-0.0))).isEqualTo(key(LuaValue.of(0.0)));
        assertThat(key(LuaValue.of(-1.0))).isNotEqualTo(key(LuaValue.of(1.0)));
    }

    @Test
    void otherValuesAreNoKeys() {
        assertThat(CacheKey.of(LuaValue.nil())).isEmpty();
        assertThat(CacheKey.of(LuaValue.of(Double.NaN))).isEmpty();
        assertThat(CacheKey.of(new LuaValue.Fresh(Map.of()))).isEmpty();
    }
}
