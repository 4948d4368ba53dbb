package dev.myproxy.pg.conninfo;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Whole numbers as options have them. */
final class Numbers {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}");

    private Numbers() {}

    /** A number if the option was given, with blanks around it if need be. */
    static OptionalInt read(Given given, Keyword keyword) throws ConninfoException {
        Optional<String> value = given.get(keyword);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parse(value.get(), keyword));
    }

    /** Empty if the option was not given, or is 0 or less. */
    static OptionalInt positive(Given given, Keyword keyword) throws ConninfoException {
        OptionalInt number = read(given, keyword);
        return number.orElse(0) > 0 ? number : OptionalInt.empty();
    }

    /** Seconds; empty if the option was not given, or is 0 or less. */
    static Optional<Duration> seconds(Given given, Keyword keyword) throws ConninfoException {
        return positive(given, keyword).stream().mapToObj(Duration::ofSeconds).findFirst();
    }

    /** Milliseconds; empty if the option was not given, or is 0 or less. */
    static Optional<Duration> milliseconds(Given given, Keyword keyword) throws ConninfoException {
        return positive(given, keyword).stream().mapToObj(Duration::ofMillis).findFirst();
    }

    static int parse(String value, Keyword keyword) throws ConninfoException {
        int begin = 0;
        int end = value.length();
        while (begin < end && KeyValueForm.isBlank(value.charAt(begin))) {
            begin++;
        }
        while (end > begin && KeyValueForm.isBlank(value.charAt(end - 1))) {
            end--;
        }
        String digits = value.substring(begin, end);
        if (NUMBER.matcher(digits).matches()) {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException _) {
                // Too large: as wrong as no number at all.
            }
        }
        throw new ConninfoException(
                "invalid integer value \"" + value + "\" for connection option \"" + keyword.text + "\"");
    }
}
