package dev.myproxy.lua.luaj.std;

/**
 * One directive of a format: {@code %-08.3f}.
 *
 * @param left       flag {@code -}
 * @param plus       flag {@code +}
 * @param space      flag blank
 * @param alternate  flag {@code #}
 * @param zero       flag {@code 0}
 * @param width      at least so many bytes
 * @param precision  -1 if not given
 * @param conversion the letter at the end
 */
record FormatSpec(boolean left, boolean plus, boolean space, boolean alternate, boolean zero, int width, int precision,
        char conversion) {

    boolean hasPrecision() {
        return precision >= 0;
    }

    boolean isUpper() {
        return Character.isUpperCase(conversion);
    }

    private String sign(boolean negative) {
        return negative ? "-" : plus ? "+" : space ? " " : "";
    }

    /** Sign and digits filled up to the width. */
    String number(boolean negative, String prefix, String digits, boolean zeros) {
        String front = sign(negative) + prefix;
        int missing = width - front.length() - digits.length();
        if (missing <= 0) {
            return front + digits;
        }
        if (left) {
            return front + digits + " ".repeat(missing);
        }
        return zeros ? front + "0".repeat(missing) + digits : " ".repeat(missing) + front + digits;
    }
}
