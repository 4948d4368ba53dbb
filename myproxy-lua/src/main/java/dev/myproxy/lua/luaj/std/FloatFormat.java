package dev.myproxy.lua.luaj.std;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The conversions of {@code printf} for floating-point numbers, exact to the last digit; halves are rounded away from zero, as LuaJIT does. */
final class FloatFormat {

    private static final int DEFAULT_PRECISION = 6;
    private static final int FRACTION_BITS = 52;

    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    private FloatFormat() {}

    static String format(double number, FormatSpec spec) {
        String text;
        if (Double.isNaN(number)) {
            text = spec.number(false, "", "nan", false);
        } else {
            boolean negative = number < 0 || (number == 0 && 1 / number < 0);
            double size = Math.abs(number);
            if (Double.isInfinite(size)) {
                text = spec.number(negative, "", "inf", false);
            } else if (Character.toLowerCase(spec.conversion()) == 'a') {
                text = spec.number(negative, "0x", hexadecimal(size, spec), spec.zero());
            } else {
                text = spec.number(negative, "", decimal(size, spec), spec.zero());
            }
        }
        return spec.isUpper() ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String decimal(double size, FormatSpec spec) {
        int precision = spec.hasPrecision() ? spec.precision() : DEFAULT_PRECISION;
        return switch (Character.toLowerCase(spec.conversion())) {
            case 'f' -> fixed(new BigDecimal(size), precision, spec.alternate());
            case 'e' -> exponential(new BigDecimal(size), precision, spec.alternate());
            default -> general(new BigDecimal(size), Math.max(precision, 1), spec.alternate());
        };
    }

    private static String fixed(BigDecimal value, int precision, boolean point) {
        String text = value.setScale(precision, RoundingMode.HALF_UP).toPlainString();
        return point && precision == 0 ? text + "." : text;
    }

    private static String exponential(BigDecimal value, int precision, boolean point) {
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_UP));
        String digits = rounded.unscaledValue().toString();
        int exponent = value.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
        digits += "0".repeat(Math.max(precision + 1 - digits.length(), 0));
        String mantissa = digits.charAt(0) + (precision > 0 || point ? "." : "") + digits.substring(1, precision + 1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String general(BigDecimal value, int precision, boolean all) {
        BigDecimal rounded = value.round(new MathContext(precision, RoundingMode.HALF_UP));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - 1 - rounded.scale();
        if (exponent < -4 || exponent >= precision) {
            String text = exponential(value, precision - 1, all);
            int e = text.indexOf('e');
            return all ? text : stripped(text.substring(0, e)) + text.substring(e);
        }
        String text = fixed(value, precision - 1 - exponent, all);
        return all ? text : stripped(text);
    }

    /** Without the zeros at the end of a fraction. */
    private static String stripped(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** {@code 1.8p+1}: one hexadecimal digit, the fraction, the power of two. */
    private static String hexadecimal(double size, FormatSpec spec) {
        int exponent = size == 0 ? 0 : Math.getExponent(size);
        double normal = size;
        if (size != 0 && exponent < Double.MIN_EXPONENT) {
            normal = size * 0x1p60;
            exponent = Math.getExponent(normal) - 60;
        }
        long bits = Double.doubleToRawLongBits(normal) & FRACTION;
        long mantissa = size == 0 ? 0 : bits | 1L << FRACTION_BITS;
        int digits = spec.hasPrecision() ? Math.min(spec.precision(), FRACTION_BITS / 4) : FRACTION_BITS / 4;
        int dropped = FRACTION_BITS - 4 * digits;
        long kept = dropped == 0 ? mantissa : roundHalfUp(mantissa, dropped);
        String fraction = String.format("%0" + (FRACTION_BITS / 4) + "x", kept << dropped & FRACTION)
                .substring(0, digits);
        if (spec.hasPrecision()) {
            fraction += "0".repeat(spec.precision() - digits);
        } else {
            fraction = fraction.replaceAll("0+$", "");
        }
        String point = fraction.isEmpty() && !spec.alternate() ? "" : ".";
        return (kept >> (4 * digits)) + point + fraction + "p" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static long roundHalfUp(long value, int dropped) {
        long half = 1L << (dropped - 1);
        return (value + half) >> dropped;
    }
}
