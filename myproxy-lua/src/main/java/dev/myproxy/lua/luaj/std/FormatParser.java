package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import org.luaj.vm2.LuaString;

/** Reads directives out of a format string. */
final class FormatParser {

    private static final String CONVERSIONS = "cdiouxXaAeEfFgGpqs";

    private final Machine machine;
    private final LuaString format;
    private int at;

    FormatParser(Machine machine, LuaString format) {
        this.machine = machine;
        this.format = format;
    }

    boolean isAtEnd() {
        return at >= format.m_length;
    }

    /** The next byte of the plain text; -1 for a directive, which {@link #directive} then reads. */
    int plain() {
        int c = format.luaByte(at++);
        if (c != '%') {
            return c;
        }
        if (at < format.m_length && format.luaByte(at) == '%') {
            at++;
            return '%';
        }
        return -1;
    }

    private int peek() {
        return at < format.m_length ? format.luaByte(at) : 0;
    }

    FormatSpec directive() {
        int start = at - 1;
        boolean left = false;
        boolean plus = false;
        boolean space = false;
        boolean alternate = false;
        boolean zero = false;
        for (;; at++) {
            switch (peek()) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                case '#' -> alternate = true;
                case '0' -> zero = true;
                default -> {
                    int width = number(start);
                    int precision = -1;
                    if (peek() == '.') {
                        at++;
                        precision = number(start);
                    }
                    char conversion = (char) peek();
                    if (conversion == 0 || CONVERSIONS.indexOf(conversion) < 0) {
                        throw invalid(start);
                    }
                    at++;
                    return new FormatSpec(left, plus, space, alternate, zero, width, precision, conversion);
                }
            }
        }
    }

    /** At most two digits. */
    private int number(int start) {
        int value = 0;
        for (int digits = 0; Character.isDigit(peek()); digits++) {
            if (digits == 2) {
                throw invalid(start);
            }
            value = value * 10 + peek() - '0';
            at++;
        }
        return value;
    }

    private Raised invalid(int start) {
        LuaString shown = format.substring(start, Math.min(at + 1, format.m_length));
        return new Raised(NumberText.concat(machine.where(1) + "invalid option '",
                NumberText.concat(shown, LuaString.valueOf("' to 'format'"))));
    }
}
