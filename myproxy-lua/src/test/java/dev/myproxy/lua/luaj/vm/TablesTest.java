package dev.myproxy.lua.luaj.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LuaJ's tables are taken as they are: this is whether they can be trusted. */
class TablesTest {

    private static final String[] KEYS = {"1", "2", "3", "4", "7", "8", "16", "100", "-1", "0", "2^31", "2^53", "1.5",
            "-0.5", "'a'", "'b'", "'1'", "''", "'a\\0'", "true", "false", "1e100", "print", "2^31 - 1", "-2^31"};

    private static final String DUMP = """
                                       local out = {}
                                       for k, v in pairs(t) do
                                           out[#out + 1] = type(k) .. ':' .. (k == print and 'print' or tostring(k)) .. '=' .. tostring(v)
                                       end
                                       table.sort(out)
                                       return table.concat(out, ' ')
                                       """;

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void tablesHoldWhatWasPut() {
        Random random = new Random(6);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder body = new StringBuilder("local t = {}\n");
            for (int step = 0; step < 60; step++) {
                String value = random.nextInt(3) == 0 ? "nil" : Integer.toString(step);
                body.append("t[").append(KEYS[random.nextInt(KEYS.length)]).append("] = ").append(value).append('\n');
            }
            bodies.add(body + DUMP);
        }
        both.agreeOn(bodies);
    }

    @Test
    void walkingWhileRemovingVisitsAll() {
        both.agreeOn("""
                     local t, n = {}, 0
                     for i = 1, 1000 do t[i] = i t['k' .. i] = i end
                     for k, v in pairs(t) do n = n + 1 t[k] = nil end
                     return n, next(t)
                     """, """
                          local t, n = {}, 0
                          for i = 1, 100 do t['k' .. i] = i end
                          for k, v in pairs(t) do t[k] = v + 1 n = n + t[k] end
                          return n
                          """);
    }

    @Test
    void constructorsFillTables() {
        StringBuilder many = new StringBuilder("local t = {");
        for (int i = 1; i <= 1000; i++) {
            many.append(i).append(", ");
        }
        both.agreeOn(many + "} return #t, t[1], t[50], t[51], t[500], t[1000]",
                "local t = {1, 2, x = 3, [10] = 4, (function() return 5, 6, 7 end)()} return #t, t[5], t.x, t[10]",
                "return #{1, 2, 3, nil}, #{n = 1}, #{nil}, #{}", "return {1, 2, 3}, {{1}, {2, {3}}}");
    }

    @Test
    void weakTablesForget() {
        String code = """
                      local t = setmetatable({}, {__mode = 'k'})
                      local kept = {}
                      t[kept] = 1
                      t['text'] = 2
                      return tostring(t[kept]) .. tostring(t.text)
                      """;
        assertThat(both.inMachine(code)).isEqualTo("12");
    }
}
