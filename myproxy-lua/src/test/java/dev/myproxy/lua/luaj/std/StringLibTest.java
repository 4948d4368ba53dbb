package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StringLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void positionsCountAsInLuajit() {
        List<String> bodies = new ArrayList<>();
        for (int from = -5; from <= 5; from++) {
            for (int to = -5; to <= 5; to++) {
                bodies.add("return ('abc'):sub(" + from + ", " + to + "), ('abc'):byte(" + from + ", " + to + ")");
            }
            bodies.add("return ('abc'):sub(" + from + "), ('abc'):byte(" + from + ")");
        }
        both.agreeOn(bodies);
    }

    @Test
    void everyByteSurvives() {
        both.agreeOn("""
                     local all = {}
                     for i = 0, 255 do all[i + 1] = string.char(i) end
                     local s = table.concat(all)
                     return s, #s, s:upper(), s:lower(), s:reverse(), s:rep(2, '\\0'), s:byte(129), s:sub(200, 210)
                     """);
    }

    @Test
    void repetitionsAreBounded() {
        both.agreeOn("return ('x'):rep(-1), ('x'):rep(0), ('ab'):rep(3, '-'), ('ab'):rep(1, '-'), (''):rep(1e9)",
                "return ('x'):rep(2.9), (5):rep(2)");
        assertThat(both.inMachine("local ok, message = pcall(string.rep, 'x', 1e10) return message"))
                .isEqualTo("not enough memory");
    }

    @Test
    void argumentsAreCheckedWithTheTextsOfLuajit() {
        both.agreeOn("local s = ('x'):rep() return s", "local s = string.rep() return s",
                "local s = ('x'):rep({}) return s", "local s = string.char(256) return s",
                "local s = string.char(-1) return s", "local s = string.char('x') return s",
                "local s = string.len(nil) return s", "local s = string.sub('x') return s",
                "local r = string.rep local s = r(nil, 1) return s", "local s = string.dump(print) return s");
    }

    @Test
    void stringsAreOrderedByUnsignedBytes() {
        both.agreeOn("""
                     local words = {'b', 'a', '', 'B', '\\200', '\\127', 'a\\0b', 'a\\0', 'a', '\\255', 'ab', '10', '9'}
                     table.sort(words)
                     local pairwise = {}
                     for _, x in ipairs(words) do
                         for _, y in ipairs(words) do
                             pairwise[#pairwise + 1] = (x < y and '<' or x <= y and '=' or '>')
                         end
                     end
                     return words, table.concat(pairwise)
                     """);
    }

    @Test
    void stringsHaveMethods() {
        both.agreeOn("return ('abc').len, #'abc', ('x').missing, ('%d'):format(5), getmetatable('').__index == string",
                "local s = 'x' s.y = 1");
    }
}
