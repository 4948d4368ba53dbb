package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.std.Pattern.Item;
import dev.myproxy.lua.luaj.vm.Budget;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Raised;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Matches a pattern at positions of a string, trying alternatives one after the other. Recursion is bounded, memory
 * constant, and every step counts as time.
 */
final class Matcher {

    static final int MAX_CAPTURES = 32;

    private static final int MAX_DEPTH = 200;
    private static final int FAILED = -1;
    private static final int UNFINISHED = -1;
    private static final int POSITION = -2;

    private final Machine machine;
    private final Budget budget;
    private final LuaString text;
    private final Item[] items;
    private final int[] starts = new int[MAX_CAPTURES];
    private final int[] lengths = new int[MAX_CAPTURES];
    private int level;
    private int depth;

    Matcher(Machine machine, LuaString text, Pattern pattern) {
        this.machine = machine;
        this.budget = machine.budget();
        this.text = text;
        this.items = pattern.items().toArray(Item[]::new);
    }

    /** The end of the match that begins here, or negative. */
    int match(int position) {
        level = 0;
        depth = 0;
        return match(0, position);
    }

    private Raised error(String message) {
        return machine.error(message);
    }

    private int match(int firstItem, int from) {
        if (++depth > MAX_DEPTH) {
            throw error("pattern too complex");
        }
        int at = from;
        for (int i = firstItem; i < items.length && at != FAILED; i++) {
            budget.tick();
            switch (items[i]) {
                case Item.Bytes bytes when bytes.count() == Pattern.Count.ONE ->
                    at = isAt(bytes.set(), at) ? at + 1 : FAILED;
                case Item.Bytes bytes -> {
                    at = repeated(bytes, i + 1, at);
                    i = items.length;
                }
                case Item.Open open -> {
                    at = capture(open, i + 1, at);
                    i = items.length;
                }
                case Item.Close close -> {
                    at = close(i + 1, at);
                    i = items.length;
                }
                case Item.Balanced balanced -> at = balanced(balanced, at);
                case Item.Frontier frontier -> at = isFrontier(frontier.set(), at) ? at : FAILED;
                case Item.Back back -> at = again(back.number(), at);
                case Item.End end -> at = at == text.m_length ? at : FAILED;
                case Item.Mistake mistake -> throw error(mistake.text());
            }
        }
        depth--;
        return at;
    }

    private boolean isAt(ByteSet set, int at) {
        return at < text.m_length && set.has(text.luaByte(at));
    }

    private int repeated(Item.Bytes bytes, int rest, int from) {
        int min = bytes.count() == Pattern.Count.SOME ? 1 : 0;
        if (bytes.count() == Pattern.Count.FEW) {
            return fewest(bytes.set(), rest, from);
        }
        int max = bytes.count() == Pattern.Count.OPTIONAL ? 1 : Integer.MAX_VALUE;
        int count = 0;
        while (count < max && isAt(bytes.set(), from + count)) {
            budget.tick();
            count++;
        }
        for (; count >= min; count--) {
            int end = match(rest, from + count);
            if (end != FAILED) {
                return end;
            }
        }
        return FAILED;
    }

    private int fewest(ByteSet set, int rest, int from) {
        for (int at = from;; at++) {
            int end = match(rest, at);
            if (end != FAILED) {
                return end;
            }
            if (!isAt(set, at)) {
                return FAILED;
            }
        }
    }

    private int capture(Item.Open open, int rest, int at) {
        if (level >= MAX_CAPTURES) {
            throw error("too many captures");
        }
        starts[level] = at;
        lengths[level] = open.position() ? POSITION : UNFINISHED;
        level++;
        int end = match(rest, at);
        if (end == FAILED) {
            level--;
        }
        return end;
    }

    private int close(int rest, int at) {
        int open = level - 1;
        while (open >= 0 && lengths[open] != UNFINISHED) {
            open--;
        }
        if (open < 0) {
            throw error("invalid pattern capture");
        }
        lengths[open] = at - starts[open];
        int end = match(rest, at);
        if (end == FAILED) {
            lengths[open] = UNFINISHED;
        }
        return end;
    }

    private int balanced(Item.Balanced item, int from) {
        if (from >= text.m_length || text.luaByte(from) != item.open()) {
            return FAILED;
        }
        int nesting = 1;
        for (int at = from + 1; at < text.m_length; at++) {
            budget.tick();
            int c = text.luaByte(at);
            if (c == item.close()) {
                if (--nesting == 0) {
                    return at + 1;
                }
            } else if (c == item.open()) {
                nesting++;
            }
        }
        return FAILED;
    }

    private boolean isFrontier(ByteSet set, int at) {
        int before = at == 0 ? 0 : text.luaByte(at - 1);
        int here = at < text.m_length ? text.luaByte(at) : 0;
        return !set.has(before) && set.has(here);
    }

    private int again(int number, int at) {
        int capture = number - 1;
        if (capture < 0 || capture >= level || lengths[capture] == UNFINISHED) {
            throw error("invalid capture index");
        }
        int length = Math.max(lengths[capture], 0);
        budget.spend(length / 8);
        boolean same = lengths[capture] >= 0 && at + length <= text.m_length
                && LuaString.equals(text, starts[capture], text, at, length);
        return same ? at + length : FAILED;
    }

    /** How many values a match gives: its captures, or, without captures, the whole. */
    int count() {
        return Math.max(level, 1);
    }

    /** A capture; the whole match for the first one if there are none. */
    LuaValue capture(int index, int start, int end) {
        if (index >= level) {
            if (index > 0) {
                throw error("invalid capture index");
            }
            return text.substring(start, end);
        }
        if (lengths[index] == POSITION) {
            return LuaInteger.valueOf(starts[index] + 1);
        }
        if (lengths[index] == UNFINISHED) {
            throw error("unfinished capture");
        }
        return text.substring(starts[index], starts[index] + lengths[index]);
    }

    /**
     * All captures.
     *
     * @param whole whether the whole match stands for them if there are none
     */
    Varargs captures(int start, int end, boolean whole) {
        LuaValue[] values = new LuaValue[whole ? count() : level];
        for (int i = 0; i < values.length; i++) {
            values[i] = capture(i, start, end);
        }
        return LuaValue.varargsOf(values);
    }
}
