package dev.myproxy.lua.lib.json;

/** Numbers as JSON writes them. */
final class JsonNumbers {

    /** Up to here every integer is a double. */
    private static final double EXACT = 1L << 53;

    private JsonNumbers() {}

    /** The shortest text that reads as this finite number; integers up to 2^53 without fraction and exponent. */
    static String format(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return Long.toString((long) number);
        }
        return Double.toString(number).replace(".0E", "e").replace('E', 'e');
    }
}
