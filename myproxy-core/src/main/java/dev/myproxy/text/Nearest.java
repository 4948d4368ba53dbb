package dev.myproxy.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    /**
     * The known word with the fewest letters inserted, deleted or replaced.
     *
     * @return empty if none is near: more than a third of the letters, and more than two, would have to change
     */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream().filter(candidate -> isNear(word, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message about an unknown word: {@code ; did you mean "foo"?}, or nothing. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
    }

    /** Long words cost nothing: their length tells. */
    private static boolean isNear(String word, String candidate) {
        int allowed = allowed(candidate);
        return Math.abs(word.length() - candidate.length()) <= allowed && distance(word, candidate) <= allowed;
    }

    private static int allowed(String candidate) {
        return Math.max(2, candidate.length() / 3);
    }

    /** The Levenshtein distance, with one row of the table at a time. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
