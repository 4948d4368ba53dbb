package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void listsChangeAsInLuajit() {
        Random random = new Random(3);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder body = new StringBuilder("local t, r = {}, {}\n");
            for (int step = 0; step < 40; step++) {
                body.append(switch (random.nextInt(6)) {
                    case 0, 1 -> "t[#t + 1] = " + step;
                    case 2 -> "table.insert(t, " + step + ")";
                    case 3 -> "table.insert(t, math.min(" + (1 + random.nextInt(5)) + ", #t + 1), " + step + ")";
                    case 4 -> "r[#r + 1] = table.remove(t, math.min(" + (1 + random.nextInt(5)) + ", #t)) or -1";
                    default -> "r[#r + 1] = table.remove(t) or -1";
                }).append('\n');
            }
            bodies.add(body.append("return t, r, #t, table.concat(t, ','), table.maxn(t)").toString());
        }
        both.agreeOn(bodies);
    }

    @Test
    void sortingOrders() {
        Random random = new Random(4);
        List<String> bodies = new ArrayList<>();
        for (int size : new int[]{0, 1, 2, 3, 10, 100, 1000}) {
            StringBuilder list = new StringBuilder("local t = {");
            for (int i = 0; i < size; i++) {
                list.append(random.nextInt(50)).append(',');
            }
            bodies.add(list + "} table.sort(t) return table.concat(t, ' ')");
            bodies.add(list + "} table.sort(t, function(a, b) return a > b end) return table.concat(t, ' ')");
        }
        bodies.add("table.sort({1, 'x'})");
        bodies.add("table.sort({1, 2}, 5)");
        bodies.add("table.sort({3, 2, 1}, function(a, b) error('in order') end)");
        both.agreeOn(bodies.subList(0, bodies.size() - 3));
        both.agreeOn(bodies.getLast(), bodies.get(bodies.size() - 2));
    }

    @Test
    void otherFunctionsDoWhatLuajitDoes() {
        both.agreeOn("return table.concat({1, 2.5, 'x'}, '-'), table.concat({}), table.concat({1, 2, 3}, ',', 2, 3)",
                "local s = table.concat({1, {}, 3}) return s", "local s = table.concat({1, 2}, ',', 1, 3) return s",
                "return table.maxn({1, 2, [10] = 3, x = 1}), table.maxn({}), table.getn({1, 2})",
                "return table.move({1, 2, 3}, 2, 3, 1)", "return table.move({1, 2, 3}, 1, 3, 2)",
                "return table.move({1, 2, 3}, 1, 3, 1, {9, 9, 9, 9})",
                "local t = {} table.foreach({10, 20}, function(k, v) t[#t + 1] = k + v end) return t",
                "return table.foreachi({10, 20}, function(i, v) if v == 20 then return i end end)",
                "local x = table.insert({}, 1, 2, 3) return x", "local x = table.insert({}) return x",
                "local x = table.insert(nil, 1) return x", "return table.remove({}), table.remove({1, 2, 3}, 7)",
                "local t = {1, 2, 3} table.insert(t, 5, 'x') return t[4], t[5]",
                "local t = setmetatable({}, {__len = function() return 9 end}) return #t");
    }
}
