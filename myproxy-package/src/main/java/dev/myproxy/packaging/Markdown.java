package dev.myproxy.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the simple Markdown of the annotation files into AsciiDoc for manual pages. Pure. */
final class Markdown {

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]*\\)");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n\\s*\\n");
    private static final Pattern ITEMS = Pattern.compile("\\n(?=[*-] )");

    private Markdown() {}

    /** Paragraphs and lists with {@code `code`}, which becomes bold, and links, of which the text stays. */
    static String toAsciiDoc(String markdown) {
        return EMPTY_LINES.splitAsStream(markdown).map(Markdown::block).collect(Collectors.joining("\n\n"));
    }

    private static String block(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : ITEMS.split(text.strip(), -1)) {
            boolean item = part.startsWith("* ") || part.startsWith("- ");
            parts.add(item ? "* " + line(part.substring(2)) : line(part));
        }
        return String.join("\n", parts);
    }

    private static String line(String text) {
        String[] parts = LINK.matcher(text.replace('\n', ' ')).replaceAll("$1").split("`", -1);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                line.append(i % 2 == 0 ? literal(parts[i]) : "**" + literal(parts[i]) + "**");
            }
        }
        return line.toString();
    }

    /** Text in which nothing is markup. */
    static String literal(String text) {
        return "pass:c[" + text.replace("]", "\\]") + "]";
    }
}
