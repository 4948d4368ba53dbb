package dev.myproxy.lua.lib.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaTable.Entry;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private static String line(String text, Entry... fields) {
        return LogLine.of(Optional.empty(), ByteString.of(text), List.of(fields));
    }

    private static Entry field(String key, LuaValue value) {
        return new Entry(LuaValue.of(key), value);
    }

    @Test
    void theConnectionGoesFirstThenTheTextThenTheFieldsByKey() {
        String line = LogLine.of(Optional.of("pid=1 uid=2 \"joe\""), ByteString.of("logged in"),
                List.of(field("user", LuaValue.of("joe")), field("database", LuaValue.of("shop-1.x:3306/a@b+c"))));

        assertThat(line).isEqualTo("[pid=1 uid=2 \"joe\"] logged in database=shop-1.x:3306/a@b+c user=joe");
    }

    @Test
    void valuesOfEachTypeHaveAForm() {
        assertThat(line("x", field("a", LuaValue.of(1.5)), field("b", LuaValue.of(1e15)), field("c", LuaValue.of(true)),
                field("d", new LuaValue.Fresh(Map.of())), field("e", LuaValue.of("")),
                new Entry(LuaValue.of(7), LuaValue.of("list"))))
                .isEqualTo("x 7=list a=1.5 b=1e+15 c=true d=table e=\"\"");
    }

    @Test
    void nothingBreaksTheLine() {
        String line = line("one\ntwo\r\n\tthree\u001b[31m\u0000", field("a b", LuaValue.of("x\n[pid=1] forged")),
                field("k", LuaValue.of(ByteString.copyOf(new byte[]{(byte) 0xff, '"', '\\', 0x7f}))));

        assertThat(line)
                .isEqualTo("one two three\\x1b[31m\\x00 \"a b\"=\"x\\n[pid=1] forged\" k=\"\\xff\\\"\\\\\\x7f\"");
    }

    @Test
    void whatIsTooLongIsCutOff() {
        String endless = "x".repeat(1 << 20);

        assertThat(line(endless)).hasSize(LogLine.MAX_LENGTH);
        assertThat(line("a", field("b", LuaValue.of(endless)))).hasSize(LogLine.MAX_LENGTH + 3).endsWith("xxx...");
    }
}
