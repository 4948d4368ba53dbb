package dev.myproxy.quickstart;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A result as the mariadb client draws it. */
final class TextTable {

    private TextTable() {}

    /** Reads a result to its end. */
    static String of(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            head.add(columns.getColumnLabel(i));
        }
        rows.add(head);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= head.size(); i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(row);
        }
        return of(rows);
    }

    /**
     * Draws rows.
     *
     * @param rows all of the same length, the first one the head
     */
    static String of(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)).toArray();
        String line = IntStream.of(widths).mapToObj(width -> "-".repeat(width + 2))
                .collect(Collectors.joining("+", "+", "+"));
        List<String> drawn = rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(i -> " " + row.get(i) + " ".repeat(widths[i] - row.get(i).length()) + " ")
                        .collect(Collectors.joining("|", "|", "|")))
                .collect(Collectors.toCollection(ArrayList::new));
        drawn.add(1, line);
        drawn.addFirst(line);
        drawn.addLast(line);
        return String.join("\n", drawn);
    }
}
