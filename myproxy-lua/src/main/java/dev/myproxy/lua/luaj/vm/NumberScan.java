package dev.myproxy.lua.luaj.vm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The number that a string stands for: decimal, hexadecimal with or without exponent, binary, {@code inf}, {@code nan}. */
public final class NumberScan {

    /** More digits than any number has; bounds the time that a hostile string takes. */
    private static final int MAX_BYTES = 2000;

    private static final BigInteger MAX_EXPONENT = BigInteger.ONE.shiftLeft(20);

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++\\.?\\d*+|\\.\\d++)(?:[eE][+-]?(\\d++))?");
    private static final Pattern HEX = Pattern
            .compile("([+-]?)0[xX]([0-9a-fA-F]*+)(?:\\.([0-9a-fA-F]*+))?(?:[pP]([+-]?\\d++))?");
    private static final Pattern BINARY = Pattern.compile("([+-]?)0[bB]([01]++)");
    private static final Pattern NAMED = Pattern.compile("([+-]?)(?i:(inf|infinity)|nan)");

    private NumberScan() {}

    /** A number as it is, a string as what it stands for; nil for all else. */
    public static LuaValue toNumber(LuaValue value) {
        if (value instanceof LuaNumber) {
            return value;
        }
        if (value instanceof LuaString string) {
            OptionalDouble number = scan(string);
            return number.isPresent() ? LuaDouble.valueOf(number.getAsDouble()) : LuaValue.NIL;
        }
        return LuaValue.NIL;
    }

    static OptionalDouble scan(LuaString string) {
        int from = 0;
        int to = string.m_length;
        while (from < to && isSpace(string.luaByte(from))) {
            from++;
        }
        while (to > from && isSpace(string.luaByte(to - 1))) {
            to--;
        }
        if (to - from > MAX_BYTES || from == to) {
            return OptionalDouble.empty();
        }
        long small = 0;
        for (int i = from; i < to; i++) {
            int digit = string.luaByte(i) - '0';
            if (digit < 0 || digit > 9 || i - from > 15) {
                return scan(new String(string.m_bytes, string.m_offset + from, to - from, StandardCharsets.ISO_8859_1));
            }
            small = small * 10 + digit;
        }
        return OptionalDouble.of((double) small);
    }

    private static OptionalDouble scan(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return isHuge(decimal.group(2)) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        }
        Matcher hex = HEX.matcher(text);
        if (hex.matches()) {
            return hexadecimal(hex);
        }
        Matcher binary = BINARY.matcher(text);
        if (binary.matches()) {
            return OptionalDouble.of(signed(binary.group(1), new BigInteger(binary.group(2), 2).doubleValue()));
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return OptionalDouble
                    .of(signed(named.group(1), named.group(2) == null ? Double.NaN : Double.POSITIVE_INFINITY));
        }
        return OptionalDouble.empty();
    }

    /** Whether LuaJIT takes an exponent for nonsense. */
    private static boolean isHuge(@Nullable String exponent) {
        return exponent != null && new BigInteger(exponent).abs().compareTo(MAX_EXPONENT) >= 0;
    }

    private static OptionalDouble hexadecimal(Matcher hex) {
        String fraction = hex.group(3) == null ? "" : hex.group(3);
        String digits = hex.group(2) + fraction;
        if (digits.isEmpty() || isHuge(hex.group(4))) {
            return OptionalDouble.empty();
        }
        String exponent = hex.group(4) == null ? "0" : hex.group(4);
        String text = "0x" + hex.group(2) + "." + fraction + "p" + exponent;
        return OptionalDouble.of(signed(hex.group(1), Double.parseDouble(text)));
    }

    private static double signed(String sign, double value) {
        return sign.equals("-") ? -value : value;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= 9 && c <= 13);
    }
}
