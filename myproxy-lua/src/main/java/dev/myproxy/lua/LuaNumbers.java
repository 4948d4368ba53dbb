package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lua's conversions between numbers and strings: {@code %.14g} one way, the C library's {@code strtod} the other. */
public final class LuaNumbers {

    private static final MathContext DIGITS = new MathContext(14, RoundingMode.HALF_UP);
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEX = Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]{1,16})");

    private LuaNumbers() {}

    /** A number as {@code tostring} writes it. */
    public static String format(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e14) {
            return number == 0 && 1 / number < 0 ? "-0" : Long.toString((long) number);
        }
        BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 14) {
            return rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** The number that a string stands for, decimal or hexadecimal, with white space around it. */
    public static Optional<Double> parse(ByteString string) {
        String text = new String(string.toByteArray(), StandardCharsets.ISO_8859_1).strip();
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(Double.parseDouble(text));
        }
        var hex = HEX.matcher(text);
        if (hex.matches()) {
            double value = new BigInteger(hex.group(2), 16).doubleValue();
            return Optional.of(hex.group(1).equals("-") ? -value : value);
        }
        return Optional.empty();
    }

    /** A string, or a number as one; empty for all else. */
    public static Optional<ByteString> asString(LuaValue value) {
        return switch (value) {
            case LuaValue.Str(ByteString bytes) -> Optional.of(bytes);
            case LuaValue.Num(double number) -> Optional.of(ByteString.of(format(number)));
            default -> Optional.empty();
        };
    }

    /** A number, or a string that looks like one; empty for all else. */
    public static Optional<Double> asNumber(LuaValue value) {
        return switch (value) {
            case LuaValue.Num(double number) -> Optional.of(number);
            case LuaValue.Str(ByteString bytes) -> parse(bytes);
            default -> Optional.empty();
        };
    }
}
