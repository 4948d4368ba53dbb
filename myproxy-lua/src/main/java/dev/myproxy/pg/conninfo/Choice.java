package dev.myproxy.pg.conninfo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Options whose value is one of a few words. */
final class Choice {

    private Choice() {}

    /** One of the constants of an enum, whose names are the words but for case and dashes. */
    static <E extends Enum<E>> E read(Given given, Keyword keyword, E[] constants, E otherwise)
            throws ConninfoException {
        List<String> words = Arrays.stream(constants).map(Choice::word).toList();
        Optional<String> value = given.get(keyword);
        if (value.isEmpty()) {
            return otherwise;
        }
        check(keyword, value.get(), words);
        return constants[words.indexOf(value.get())];
    }

    static void check(Keyword keyword, String value, List<String> words) throws ConninfoException {
        if (!words.contains(value)) {
            throw new ConninfoException("invalid " + keyword.text + " value: \"" + value + "\" (can be "
                    + String.join(", ", words) + ")");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
