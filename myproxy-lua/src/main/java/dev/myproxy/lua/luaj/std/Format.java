package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import java.util.Locale;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.format}, with what C's {@code printf} does for each conversion. */
final class Format {

    private Format() {}

    static Varargs format(Machine machine, Varargs args) {
        LuaString format = Args.string(machine, args, 1);
        FormatParser parser = new FormatParser(machine, format);
        Bytes result = new Bytes(machine);
        int argument = 1;
        while (!parser.isAtEnd()) {
            int c = parser.plain();
            if (c >= 0) {
                result.add(c);
            } else {
                convert(machine, args, ++argument, parser.directive(), result);
            }
        }
        return result.string();
    }

    private static void convert(Machine machine, Varargs args, int number, FormatSpec spec, Bytes result) {
        Args.value(machine, args, number);
        switch (spec.conversion()) {
            case 'd', 'i' -> result.add(signed((long) wrapped(Args.number(machine, args, number)), spec));
            case 'u', 'o', 'x', 'X' -> result.add(unsigned(unsigned(Args.number(machine, args, number)), spec));
            case 'c' -> {
                double code = Args.number(machine, args, number);
                byte[] one = {Math.abs(code) < 0x1p31 ? (byte) (int) code : 0};
                pad(LuaString.valueUsing(one), spec, result);
            }
            case 'q' -> quote(text(machine, args, number), result);
            case 's' -> {
                LuaString text = text(machine, args, number);
                boolean cut = spec.hasPrecision() && spec.precision() < text.m_length;
                pad(cut ? text.substring(0, spec.precision()) : text, spec, result);
            }
            case 'p' -> pad(pointer(Args.value(machine, args, number)), spec, result);
            default -> result.add(FloatFormat.format(Args.number(machine, args, number), spec));
        }
    }

    /** Numbers that are too large for 64 bits become the smallest one, as the processor converts them. */
    private static double wrapped(double number) {
        return number >= -0x1p63 && number < 0x1p63 ? number : -0x1p63;
    }

    private static long unsigned(double number) {
        return number >= 0x1p63 ? (long) wrapped(number - 0x1p64) : (long) wrapped(number);
    }

    private static String signed(long value, FormatSpec spec) {
        String digits = value == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(value));
        return spec.number(value < 0, "", precise(digits, spec), spec.zero() && !spec.hasPrecision());
    }

    private static String unsigned(long value, FormatSpec spec) {
        String digits = precise(switch (spec.conversion()) {
            case 'u' -> Long.toUnsignedString(value);
            case 'o' -> Long.toOctalString(value);
            default -> Long.toHexString(value);
        }, spec);
        String prefix = "";
        if (spec.alternate() && value != 0 && spec.conversion() == 'o' && !digits.startsWith("0")) {
            digits = "0" + digits;
        } else if (spec.alternate() && value != 0 && (spec.conversion() == 'x' || spec.conversion() == 'X')) {
            prefix = "0x";
        }
        FormatSpec unsignedSpec = new FormatSpec(spec.left(), false, false, spec.alternate(), spec.zero(), spec.width(),
                spec.precision(), spec.conversion());
        String text = unsignedSpec.number(false, prefix, digits, spec.zero() && !spec.hasPrecision());
        return spec.isUpper() ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String precise(String digits, FormatSpec spec) {
        if (spec.precision() == 0 && digits.equals("0")) {
            return "";
        }
        return spec.hasPrecision() && digits.length() < spec.precision()
                ? "0".repeat(spec.precision() - digits.length()) + digits
                : digits;
    }

    private static void pad(LuaString text, FormatSpec spec, Bytes result) {
        int missing = Math.max(spec.width() - text.m_length, 0);
        if (spec.left()) {
            result.add(text).add(" ".repeat(missing));
        } else {
            result.add(" ".repeat(missing)).add(text);
        }
    }

    private static LuaString text(Machine machine, Varargs args, int number) {
        LuaValue text = Texts.of(machine, Args.value(machine, args, number));
        return text instanceof LuaString || text instanceof LuaNumber ? NumberText.of(text) : Texts.plain(text);
    }

    private static LuaString pointer(LuaValue value) {
        boolean none = value.isnil() || value.isboolean() || value instanceof LuaNumber;
        return LuaString.valueOf(none ? "NULL" : Texts.address(value));
    }

    /** A string literal that Lua reads back as the same bytes. */
    private static void quote(LuaString text, Bytes result) {
        result.add('"');
        for (int i = 0; i < text.m_length; i++) {
            int c = text.luaByte(i);
            if (c == '"' || c == '\\' || c == '\n') {
                result.add('\\').add(c);
            } else if (c < ' ' || c == 127) {
                boolean digitFollows = i + 1 < text.m_length && Character.isDigit(text.luaByte(i + 1));
                result.add('\\').add(digitFollows ? String.format("%03d", c) : Integer.toString(c));
            } else {
                result.add(c);
            }
        }
        result.add('"');
    }
}
