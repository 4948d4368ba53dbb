package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** What the search looks through: the sections of all pages. Pure. */
final class SearchText {

    private SearchText() {}

    /** One object for each section, as a script that the browser can load from a file, too. */
    static String script(Sources sources) {
        List<String> sections = new ArrayList<>();
        for (Page page : sources.pages().values()) {
            String title = page.title().orElse(page.path());
            String section = title;
            String anchor = "";
            StringBuilder text = new StringBuilder();
            for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
                if (node instanceof Heading heading && heading.getLevel() > 1) {
                    sections.add(section(page, title, section, anchor, text));
                    section = PlainText.of(heading);
                    anchor = page.anchor(heading);
                    text.setLength(0);
                } else if (!(node instanceof Heading)) {
                    text.append(PlainText.of(node)).append(' ');
                }
            }
            sections.add(section(page, title, section, anchor, text));
        }
        return "window.sections = [\n" + String.join(",\n", sections) + "\n];\n";
    }

    private static String section(Page page, String title, String section, String anchor, CharSequence text) {
        String url = new Target.Local(page.path(), anchor).from("-");
        return "{\"url\":%s,\"page\":%s,\"title\":%s,\"text\":%s}".formatted(quoted(url), quoted(title),
                quoted(section),
                quoted(text.toString().strip()));
    }

    /** A string of JSON that is also one of JavaScript, and ends no element of HTML. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
