package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

/**
 * The table of contents, as {@code docs/index.md} has it: lists of links below headings.
 *
 * @param chapters in their order
 */
record Contents(List<Chapter> chapters) {

    /** What stands below one heading. */
    record Chapter(String title, List<Entry> entries) {}

    /**
     * A page.
     *
     * @param path  of its file
     * @param depth 0, or 1 if it belongs to the one before
     */
    record Entry(String title, String path, int depth) {}

    static Contents of(Page index) {
        List<Chapter> chapters = new ArrayList<>();
        for (Node node = index.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                chapters.add(new Chapter(PlainText.of(heading), new ArrayList<>()));
            } else if (!chapters.isEmpty()) {
                for (ListItem item : Page.all(node, ListItem.class)) {
                    entry(index, item).ifPresent(chapters.getLast().entries()::add);
                }
            }
        }
        return new Contents(chapters);
    }

    private static Optional<Entry> entry(Page index, ListItem item) {
        Node first = item.getFirstChild() == null ? null : item.getFirstChild().getFirstChild();
        if (!(first instanceof Link link)
                || !(Target.of(index.path(), link.getDestination()) instanceof Target.Local local)) {
            return Optional.empty();
        }
        int depth = item.getParent().getParent() instanceof ListItem ? 1 : 0;
        return Optional.of(new Entry(PlainText.of(link), local.path(), depth));
    }

    List<String> paths() {
        return chapters.stream().flatMap(chapter -> chapter.entries().stream()).map(Entry::path).toList();
    }
}
