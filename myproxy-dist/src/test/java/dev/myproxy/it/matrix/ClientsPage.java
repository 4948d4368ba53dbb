package dev.myproxy.it.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page with tables of clients, one row each. What is not known this time stays as it was. */
final class ClientsPage {

    /**
     * A table.
     *
     * @param title  of its section
     * @param text   before it
     * @param header of its columns but the first, which is the client
     * @param rows   cells by client, in order; nothing where it is not known
     */
    record Table(String title, String text, List<String> header, Map<String, List<Optional<String>>> rows) {}

    private static final String UNKNOWN = "not tested";
    private static final Pattern BETWEEN_CELLS = Pattern.compile(" (?<!\\\\)\\| ");

    private ClientsPage() {}

    /** The page anew. */
    static String renewed(String head, List<Table> tables, String foot, String old) {
        Map<String, List<String>> before = cells(old);
        StringBuilder page = new StringBuilder(head);
        for (Table table : tables) {
            page.append("\n## ").append(table.title()).append("\n\n").append(table.text()).append("\n");
            page.append("| client | ").append(String.join(" | ", table.header())).append(" |\n|---")
                    .append("|---".repeat(table.header().size())).append("|\n");
            table.rows().forEach((client, cells) -> page.append("| ").append(client).append(" | ")
                    .append(row(cells, before.getOrDefault(table.title() + "/" + client, List.of()))).append(" |\n"));
        }
        return page.append(foot).toString();
    }

    private static String row(List<Optional<String>> cells, List<String> before) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String other = i < before.size() ? before.get(i) : UNKNOWN;
            all.add(cells.get(i).orElse(other));
        }
        return String.join(" | ", all);
    }

    /** Cells of a page by section and client. */
    private static Map<String, List<String>> cells(String page) {
        Map<String, List<String>> all = new HashMap<>();
        String section = "";
        for (String line : page.lines().toList()) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| ") && line.endsWith(" |")) {
                List<String> row = Stream.of(BETWEEN_CELLS.split(line.substring(2, line.length() - 2), -1))
                        .collect(Collectors.toList());
                all.put(section + "/" + row.getFirst(), row.subList(1, row.size()));
            }
        }
        return all;
    }
}
