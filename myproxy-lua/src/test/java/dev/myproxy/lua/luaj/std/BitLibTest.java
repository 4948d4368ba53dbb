package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void operationsGiveSigned32BitNumbers() {
        List<String> numbers = List.of("0", "1", "-1", "255", "0x12345678", "2^31", "2^32 + 5", "-2^31", "1.5", "0.5",
                "-1.5", "'0xff'", "2^40 + 1");
        List<String> bodies = new ArrayList<>();
        for (String x : numbers) {
            bodies.add("local x = " + x + " return bit.tobit(x), bit.bnot(x), bit.bswap(x), bit.tohex(x), "
                    + "bit.tohex(x, -4), bit.tohex(x, 3), bit.tohex(x, 0), bit.tohex(x, 12)");
            for (String y : numbers) {
                bodies.add(
                        "local x, y = " + x + ", " + y + " return bit.band(x, y), bit.bor(x, y, 16), bit.bxor(x, y)");
            }
            for (int n : new int[]{0, 1, 4, 31, 32, 33, -1}) {
                bodies.add("local x, n = " + x + ", " + n + " return bit.lshift(x, n), bit.rshift(x, n), "
                        + "bit.arshift(x, n), bit.rol(x, n), bit.ror(x, n)");
            }
        }
        bodies.add("local x = bit.band() return x");
        bodies.add("local x = bit.band('x') return x");
        bodies.add("local x = bit.lshift(1) return x");
        both.agreeOn(bodies);
    }
}
