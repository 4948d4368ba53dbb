package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FormatTest {

    private static final String[] NUMBERS = {"0", "1", "7", "-7", "42", "-1", "3.7", "-3.7", "0.5", "1.5", "2.5",
            "1/3", "-2/3", "123456.789", "1e15", "2^31", "-2^31", "2^32", "2^53", "-2^63", "2^63", "1e100", "-1e-7",
            "5e-324", "1.7976931348623157e308", "1/0", "-1/0", "100000", "1e6", "1e-5", "0.1", "255", "65",
            "9.5", "0.0001", "99999.95", "'10'", "' 0x1F '", "1e-310"};
    private static final String[] STRINGS = {"''", "'a'", "'hello world'", "'a\\0b'", "'\\n\\r\\t\\\\\\\"\\200'", "12",
            "true", "nil", "setmetatable({}, {__tostring = function() return 'T' end})"};

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void directivesGiveWhatLuajitGives() {
        Random random = new Random(20261122);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            String directive = directive(random, "diuoxXeEfgGcaA");
            String value = NUMBERS[random.nextInt(NUMBERS.length)];
            bodies.add("return string.format('[" + directive + "]', " + value + ")");
        }
        for (int i = 0; i < 1000; i++) {
            String directive = directive(random, "sq");
            bodies.add("return string.format('[" + directive + "]', " + STRINGS[random.nextInt(STRINGS.length)] + ")");
        }

        both.agreeOn(bodies);
    }

    private static String directive(Random random, String conversions) {
        StringBuilder directive = new StringBuilder("%");
        for (char flag : "-+ #0".toCharArray()) {
            if (random.nextInt(4) == 0) {
                directive.append(flag);
            }
        }
        if (random.nextBoolean()) {
            directive.append(1 + random.nextInt(30));
        }
        if (random.nextBoolean()) {
            directive.append('.').append(random.nextInt(25));
        }
        return directive.append(conversions.charAt(random.nextInt(conversions.length()))).toString();
    }

    @Test
    void mistakesAreToldAsLuajitTellsThem() {
        both.agreeOn("local s = string.format('%d') return s", "local s = string.format('%d', 'x') return s",
                "local s = string.format('%d', {}) return s", "local s = string.format('%s') return s",
                "local s = string.format('%y', 1) return s", "local s = string.format('%', 1) return s",
                "local s = string.format('%123d', 1) return s", "local s = string.format('%.123d', 1) return s",
                "local s = string.format('%ld', 1) return s", "local s = string.format({}) return s",
                "local s = string.format() return s", "local s = string.format('%s %s', 1) return s");
    }

    @Test
    void textAroundDirectivesIsKept() {
        both.agreeOn("return string.format('100%% of %d\\0 are %s\\200', 5, 'x')", "return ('%d'):format(3.99)",
                "return string.format('%s %s %s', nil, true, 1.5)", "return string.format('none')",
                "return string.format(12)", "return (string.format('%c%c', 0, 256 + 65))");
    }

    @Test
    void tostringOfTablesIsCalledOnce() {
        both.agreeOn("""
                     local n = 0
                     local t = setmetatable({}, {__tostring = function() n = n + 1 return 'x' end})
                     return string.format('%s', t), n, string.format('%5s|%-5s|%.1s', t, t, t), n
                     """);
    }
}
