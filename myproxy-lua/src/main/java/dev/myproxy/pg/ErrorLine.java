package dev.myproxy.pg;

/**
 * The two lines that show where in a statement an error is: the line of the statement, shortened at its ends to 60
 * columns if it is longer, and a caret below the place.
 */
final class ErrorLine {

    private static final int COLUMNS = 60;

    /** So many columns after the place are shown at least, if there are so many. */
    private static final int AFTER = 10;

    private final int[] characters;
    private int begin;
    private int end;

    private ErrorLine(int[] characters) {
        this.characters = characters;
    }

    /**
     * Shows a place in a statement.
     *
     * @param position which character, from 1
     * @return the lines with their ends; nothing if the statement has no such place
     */
    static String of(String sql, int position) {
        int[] characters = sql.codePoints().toArray();
        if (position < 1 || position > characters.length + 1) {
            return "";
        }
        return new ErrorLine(characters).show(position - 1);
    }

    private String show(int place) {
        int number = find(place);
        boolean cutBegin = false;
        boolean cutEnd = false;
        if (columns(begin, end) > COLUMNS) {
            int wanted = columns(begin, place) + AFTER <= COLUMNS ? COLUMNS : columns(begin, place) + AFTER;
            cutEnd = columns(begin, end) > wanted;
            while (columns(begin, end) > wanted) {
                end--;
            }
            cutBegin = columns(begin, end) > COLUMNS;
            while (columns(begin, end) > COLUMNS) {
                begin++;
            }
        }
        String before = "LINE " + number + ": " + (cutBegin ? "..." : "");
        return before + new String(characters, begin, end - begin).replace('\t', ' ') + (cutEnd ? "..." : "") + "\n"
                + " ".repeat(before.length() + columns(begin, place)) + "^\n";
    }

    /** Sets begin and end to those of the line with the place, and gives its number. */
    private int find(int place) {
        int number = 1;
        for (int i = 0; i < place; i++) {
            boolean pair = characters[i] == '\r' && i + 1 < characters.length && characters[i + 1] == '\n';
            if (isLineEnd(i) && !pair) {
                number++;
                begin = i + 1;
            }
        }
        end = Math.max(begin, place);
        while (end < characters.length && !isLineEnd(end)) {
            end++;
        }
        return number;
    }

    private boolean isLineEnd(int index) {
        return characters[index] == '\n' || characters[index] == '\r';
    }

    private int columns(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += width(characters[i]);
        }
        return sum;
    }

    private static int width(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        if (character < 0x1100) {
            return false;
        }
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> (character >= 0xff01 && character <= 0xff60) || (character >= 0x1f300 && character <= 0x1faff);
        };
    }
}
