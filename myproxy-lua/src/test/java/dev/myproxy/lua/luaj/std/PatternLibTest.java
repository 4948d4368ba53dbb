package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatternLibTest {

    private static final String[] PIECES = {"a", "b", ".", "%a", "%A", "%d", "%s", "%S", "%w", "%W", "%x", "%p", "%.",
            "[ab]", "[^ab]", "[a-c]", "[%d_]", "[]]", "[^%s]", "[a-]", "%b()", "%f[%w]", "%f[%W]", "()", "(a)", "(.)",
            "(%w+)", "(.-)", "%1", "(", ")", "$", "^", "%%", "%z", "\\0", "\\200", "[", "%"};
    private static final String[] COUNTS = {"", "", "", "*", "+", "-", "?"};
    private static final String[] SUBJECTS = {"''", "'a'", "'abc'", "'aabbcc'", "'hello (big (world)) x'", "'a1_b2 c3'",
            "'  trim me  '", "'k=v, x=y'", "'a\\0b\\200c'", "'THE (quick) fox'", "'abab'", "']['", "'%d%'"};
    private static final String[] REPLACEMENTS = {"'<%0>'", "'%1'", "''", "'x'", "'%%'", "'%2'",
            "function(...) return select('#', ...) end", "function(a) return a and #a > 1 and a:upper() end",
            "{a = 1, abc = 'X'}"};

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void patternsMatchAsInLuajit() {
        Random random = new Random(1);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            String pattern = pattern(random);
            String subject = SUBJECTS[random.nextInt(SUBJECTS.length)];
            bodies.add(switch (random.nextInt(4)) {
                case 0 -> "local a, b, c, d = (" + subject + "):find('" + pattern + "', " + (random.nextInt(8) - 3)
                        + ") return a, b, c, d";
                case 1 -> "local a, b, c = (" + subject + "):match('" + pattern + "') return a, b, c";
                case 2 -> "local a, b = (" + subject + "):gsub('" + pattern + "', "
                        + REPLACEMENTS[random.nextInt(REPLACEMENTS.length)] + ") return a, b";
                default -> "local t = {} for a, b in (" + subject + "):gmatch('" + pattern
                        + "') do t[#t + 1] = a t[#t + 1] = b or 0 end return t";
            });
        }

        both.agreeOn(bodies);
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder(random.nextInt(5) == 0 ? "^" : "");
        for (int i = random.nextInt(4); i >= 0; i--) {
            pattern.append(PIECES[random.nextInt(PIECES.length)]).append(COUNTS[random.nextInt(COUNTS.length)]);
        }
        return pattern.append(random.nextInt(6) == 0 ? "$" : "").toString();
    }

    @Test
    void classesHaveTheSameBytes() {
        List<String> bodies = new ArrayList<>();
        for (char letter : "acdglpsuwxz".toCharArray()) {
            bodies.add("local t = {} for i = 0, 255 do if string.char(i):find('%" + letter
                    + "') then t[#t + 1] = i end end return table.concat(t, ' ')");
            bodies.add("local t = {} for i = 0, 255 do if string.char(i):find('[%" + Character.toUpperCase(letter)
                    + "x]') then t[#t + 1] = i end end return table.concat(t, ' ')");
        }
        both.agreeOn(bodies);
    }

    @Test
    void plainSearchTakesEveryByteAsItIs() {
        both.agreeOn("return ('a.b'):find('.', 1, true)", "return ('a%b'):find('%b', 1, true)",
                "return ('abc'):find('', 10)", "return ('abc'):find('', 4)", "return ('abc'):find('c', -1)",
                "return ('a\\0b'):find('\\0')", "return ('abc'):find('b', -10)", "return ('abc'):find('bc)')");
    }

    @Test
    void replacementsAreChecked() {
        both.agreeOn("local s = ('a'):gsub('a', true) return s", "local s = ('a'):gsub('a') return s",
                "local s = ('a'):gsub('a', function() return {} end) return s", "return ('a'):gsub('a', 5)",
                "return ('abc'):gsub('%w', '%0%0', 2)", "return ('abc'):gsub('%w', '%0%0', -1)",
                "return ('abc'):gsub('', '.')", "return ('abc'):gsub('b*', '.')",
                "return ('a'):gsub('a', setmetatable({}, {__index = function(_, k) return k .. '!' end}))");
    }

    @Test
    void deepPatternsAreRefused() {
        assertThat(both.inMachine("""
                                  local ok, message = pcall(string.match, ('a'):rep(2500), ('a?'):rep(2500))
                                  return message
                                  """)).isEqualTo("pattern too complex");
        assertThat(both.inMachine("local ok, message = pcall(string.match, 'x', ('('):rep(40)) return message"))
                .isEqualTo("too many captures");
    }

    @Test
    void longStringsDoNotNeedDeepStacks() {
        assertThat(both.inMachine("return tostring(#(('a'):rep(1000000):match('^(a-)$')))")).isEqualTo("1000000");
        assertThat(both.inMachine("return tostring((('ab'):rep(100000):gsub('%w', '%0%0')):len())"))
                .isEqualTo("400000");
    }
}
