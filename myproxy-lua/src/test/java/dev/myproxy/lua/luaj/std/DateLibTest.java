package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DateLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void datesAreFormattedAsByTheCLibrary() {
        List<String> bodies = new ArrayList<>();
        for (long time : new long[]{0, 86_399, 951_782_400, 1_700_000_000, 1_735_689_600, 2_000_000_000,
                1_609_459_199}) {
            for (char letter : "aAbBcdDeFgGHIjmMnprRSTtuUVwWxXyY%".toCharArray()) {
                bodies.add("return os.date('!%" + letter + "', " + time + ")");
            }
            bodies.add("local t = os.date('!*t', " + time + ") return t.year, t.month, t.day, t.hour, t.min, t.sec, "
                    + "t.wday, t.yday, t.isdst");
            bodies.add("return os.time(os.date('*t', " + time + "))");
        }
        bodies.add(
                "return os.time{year = 2020, month = 1, day = 1, hour = 0}, os.time{year = 2021, month = 14, day = -3}");
        bodies.add(
                "return os.time{year = 2020, month = 2, day = 30}, os.time{year = '2020', month = 1, day = 1, sec = -5}");
        bodies.add("local t = os.time{year = 2020} return t");
        bodies.add("return os.difftime(5, 3), type(os.clock()), type(os.time()), type(os.date())");
        bodies.add("return os.getenv('PATH'), os.getenv('NO_SUCH_VARIABLE_HERE'), os.setlocale('C')");
        both.agreeOn(bodies);
    }
}
