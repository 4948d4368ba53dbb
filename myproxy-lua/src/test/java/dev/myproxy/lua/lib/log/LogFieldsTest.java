package dev.myproxy.lua.lib.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogFieldsTest {

    private static LuaTable.Entry pair(String key, LuaValue value) {
        return new LuaTable.Entry(LuaValue.of(key), value);
    }

    @Test
    void valuesKeepTheirKind() {
        assertThat(LogFields.of(List.of(pair("n", new LuaValue.Num(0.00042)), pair("i", new LuaValue.Num(4711)),
                pair("b", new LuaValue.Bool(true)), pair("s", LuaValue.of("a b")),
                pair("inf", new LuaValue.Num(Double.POSITIVE_INFINITY)),
                new LuaTable.Entry(new LuaValue.Num(1), LuaValue.of("first")))))
                .isEqualTo(Map.of("script_n", new BigDecimal("0.00042"), "script_i", new BigDecimal("4711"), "script_b",
                        true, "script_s", ByteString.of("a b"), "script_inf", "inf", "script_1",
                        ByteString.of("first")));
    }

    @Test
    void aScriptCanNotFillTheMemory() {
        Map<String, Object> fields = LogFields.of(IntStream.range(0, 1000)
                .mapToObj(i -> pair("%04d".formatted(i) + "k".repeat(1000), LuaValue.of("v".repeat(100_000))))
                .toList());

        assertThat(fields).hasSize(64);
        assertThat(fields.keySet()).allSatisfy(name -> assertThat(name).matches("script_00[0-6]\\dk{44}"));
        assertThat(fields.values()).allSatisfy(value -> assertThat(((ByteString) value).length()).isEqualTo(1024));
    }
}
