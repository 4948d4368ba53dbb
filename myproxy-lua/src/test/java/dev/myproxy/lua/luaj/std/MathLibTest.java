package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MathLibTest {

    private static final List<String> NUMBERS = List.of("0.5", "1", "-3.7", "10", "1e10", "1/0", "0/0", "-1/0", "2^53",
            "1e-310", "255.5");

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void roundingAndParts() {
        List<String> bodies = new ArrayList<>();
        for (String x : NUMBERS) {
            bodies.add("local x = " + x + " return math.floor(x), math.ceil(x), math.abs(x), math.frexp(x)");
            bodies.add("local x = " + x + " local i, f = math.modf(x) return i + 0, f + 0, math.sqrt(math.abs(x))");
            for (String y : NUMBERS) {
                bodies.add("local x, y = " + x + ", " + y
                        + " return x + y, x - y, x * y + 0, x / y + 0, x % y + 0, x < y, x <= y, "
                        + "x == y, math.fmod(x, y) + 0, math.max(x, y) == math.max(y, x)");
            }
        }
        bodies.removeIf(body -> body.contains("max") && body.contains("0/0"));
        both.agreeOn(bodies);
    }

    @Test
    void logarithmsAndPowers() {
        both.agreeOn("return math.log(8, 2), math.log10(1000), math.pow(2, 10), 2 ^ 0.5, math.ldexp(0.5, 4), math.pi",
                "return math.floor(math.exp(1) * 1e9), math.floor(math.sin(1) * 1e9), math.floor(math.log(7) * 1e9)",
                "return math.max(1, 2.5, -1), math.min(3, 1), math.max(5)", "local x = math.max() return x",
                "local x = math.floor('x') return x", "return math.floor('3.7')", "local x = math.random(0) return x",
                "local x = math.random(2, 1) return x");
    }

    @Test
    void randomNumbersStayInTheirInterval() {
        assertThat(both.inMachine("""
                                  math.randomseed(7)
                                  for i = 1, 1000 do
                                      local a, b, c = math.random(), math.random(6), math.random(-3, 3)
                                      assert(a >= 0 and a < 1)
                                      assert(b >= 1 and b <= 6 and b % 1 == 0)
                                      assert(c >= -3 and c <= 3 and c % 1 == 0)
                                  end
                                  return 'fine'
                                  """)).isEqualTo("fine");
    }
}
