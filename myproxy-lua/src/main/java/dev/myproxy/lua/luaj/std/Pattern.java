package dev.myproxy.lua.luaj.std;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;

/**
 * A Lua pattern, taken apart. Mistakes in it become {@link Item.Mistake}s, which are told only when matching gets there,
 * as LuaJIT does. A NUL ends a pattern (for one in the text there is {@code %z}).
 *
 * @param anchored whether it begins with {@code ^}
 */
record Pattern(boolean anchored, List<Item> items) {

    /** How often a set may match. */
    enum Count {
        ONE, OPTIONAL, MANY, SOME, FEW
    }

    /** A part of a pattern. */
    sealed interface Item {

        /** Bytes of a set. */
        record Bytes(ByteSet set, Count count) implements Item {}

        /** {@code (}; a position capture if a {@code )} follows at once. */
        record Open(boolean position) implements Item {}

        /** {@code )} */
        record Close() implements Item {}

        /** {@code %bxy} */
        record Balanced(int open, int close) implements Item {}

        /** {@code %f[set]} */
        record Frontier(ByteSet set) implements Item {}

        /** {@code %1} to {@code %9}; %0 too, which is wrong. */
        record Back(int number) implements Item {}

        /** {@code $} at the end. */
        record End() implements Item {}

        /** What is wrong from here on. */
        record Mistake(String text) implements Item {}
    }

    /**
     * @param anchors whether {@code ^} at the beginning is an anchor
     */
    static Pattern parse(LuaString source, boolean anchors) {
        boolean anchored = anchors && source.m_length > 0 && source.luaByte(0) == '^';
        return new Pattern(anchored, new Parser(source, anchored ? 1 : 0).items());
    }

    private static final class Parser {
        private final LuaString source;
        private int at;

        Parser(LuaString source, int at) {
            this.source = source;
            this.at = at;
        }

        private int peek(int ahead) {
            return at + ahead < source.m_length ? source.luaByte(at + ahead) : -1;
        }

        List<Item> items() {
            List<Item> items = new ArrayList<>();
            while (peek(0) > 0) {
                Item item = item();
                items.add(item);
                if (item instanceof Item.Mistake) {
                    break;
                }
            }
            return items;
        }

        private Item item() {
            int c = source.luaByte(at);
            if (c == '(') {
                boolean position = peek(1) == ')';
                at += position ? 2 : 1;
                return new Item.Open(position);
            }
            if (c == ')') {
                at++;
                return new Item.Close();
            }
            if (c == '$' && peek(1) <= 0) {
                at++;
                return new Item.End();
            }
            if (c == '%' && peek(1) == 'b') {
                return balanced();
            }
            if (c == '%' && peek(1) == 'f') {
                return frontier();
            }
            if (c == '%' && Character.isDigit(peek(1))) {
                at += 2;
                return new Item.Back(source.luaByte(at - 1) - '0');
            }
            return bytes();
        }

        private Item balanced() {
            if (at + 3 >= source.m_length) {
                return new Item.Mistake("unbalanced pattern");
            }
            at += 4;
            return new Item.Balanced(source.luaByte(at - 2), source.luaByte(at - 1));
        }

        private Item frontier() {
            at += 2;
            if (peek(0) != '[') {
                return new Item.Mistake("missing '[' after '%f' in pattern");
            }
            ByteSet set = new ByteSet();
            String mistake = bracket(set);
            return mistake.isEmpty() ? new Item.Frontier(set) : new Item.Mistake(mistake);
        }

        private Item bytes() {
            int c = source.luaByte(at);
            ByteSet set;
            if (c == '[') {
                set = new ByteSet();
                String mistake = bracket(set);
                if (!mistake.isEmpty()) {
                    return new Item.Mistake(mistake);
                }
            } else if (c == '%') {
                if (peek(1) <= 0) {
                    return new Item.Mistake("malformed pattern (ends with '%')");
                }
                set = new ByteSet();
                set.addClass(peek(1));
                at += 2;
            } else {
                set = c == '.' ? ByteSet.all() : ByteSet.of(c);
                at++;
            }
            Count count = switch (peek(0)) {
                case '?' -> Count.OPTIONAL;
                case '*' -> Count.MANY;
                case '+' -> Count.SOME;
                case '-' -> Count.FEW;
                default -> Count.ONE;
            };
            at += count == Count.ONE ? 0 : 1;
            return new Item.Bytes(set, count);
        }

        /** Reads {@code [...]}. Empty, or what is wrong. */
        private String bracket(ByteSet set) {
            at++;
            boolean inverted = peek(0) == '^';
            at += inverted ? 1 : 0;
            for (boolean first = true; first || peek(0) != ']'; first = false) {
                int c = peek(0);
                if (c <= 0) {
                    return "malformed pattern (missing ']')";
                }
                if (c == '%') {
                    if (peek(1) <= 0) {
                        return "malformed pattern (missing ']')";
                    }
                    set.addClass(peek(1));
                    at += 2;
                } else if (peek(1) == '-' && peek(2) >= 0 && peek(2) != ']') {
                    set.addRange(c, peek(2));
                    at += 3;
                } else {
                    set.add(c);
                    at++;
                }
            }
            at++;
            if (inverted) {
                set.invert();
            }
            return "";
        }
    }
}
