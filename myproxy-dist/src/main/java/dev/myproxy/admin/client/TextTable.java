package dev.myproxy.admin.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of texts, written so that columns are as wide as they must be. */
final class TextTable {

    /** What moves the cursor, or turns the direction of the text around it. */
    private static final Pattern UNPRINTABLE = Pattern
            .compile("[\\p{Cntrl}\\u0080-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]");

    private static final String NOTHING = "-";
    private static final int HIDDEN = -1;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private record Column(String name, boolean number, boolean optional) {
        static Column of(String name) {
            String plain = name.replaceFirst("[#?]$", "");
            return new Column(plain, name.endsWith("#"), name.endsWith("?"));
        }
    }

    /**
     * @param names of the columns; those of numbers, which stand to the right, end with {@code #}, and those that are only there if a
     *              row has something in them with {@code ?}
     */
    TextTable(String... names) {
        this.columns = List.of(names).stream().map(Column::of).toList();
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(TextTable::printable).map(cell -> cell.isEmpty() ? NOTHING : cell)
                .toList());
    }

    /** The lines, with the names of the columns; of no rows, nothing. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> all = new ArrayList<>();
        all.add(columns.stream().map(Column::name).toList());
        all.addAll(rows);
        int[] widths = IntStream.range(0, columns.size())
                .map(column -> isShown(column)
                        ? all.stream().mapToInt(row -> width(row.get(column))).max().orElse(0)
                        : HIDDEN)
                .toArray();
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private boolean isShown(int column) {
        return !columns.get(column).optional() || rows.stream().anyMatch(row -> !row.get(column).equals(NOTHING));
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == HIDDEN) {
                continue;
            }
            String fill = " ".repeat(widths[i] - width(row.get(i)));
            line.append(columns.get(i).number() ? fill + row.get(i) : row.get(i) + fill).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** A text with everything escaped that is more than a text to a terminal. */
    static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
