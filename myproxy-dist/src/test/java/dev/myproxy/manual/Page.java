package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param path     of its file, from the root of the sources, such as {@code docs/lua/cache.md}
 * @param document what it says
 * @param anchors  the names of its headings, in their order
 */
record Page(String path, Node document, Map<Heading, String> anchors) {

    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

    static Page read(String path, String markdown) {
        Node document = PARSER.parse(markdown);
        Anchors anchors = new Anchors();
        Map<Heading, String> named = new LinkedHashMap<>();
        for (Heading heading : all(document, Heading.class)) {
            named.put(heading, anchors.next(PlainText.of(heading)));
        }
        return new Page(path, document, named);
    }

    /** All nodes of a kind below a node, in their order. */
    static <N extends Node> List<N> all(Node within, Class<N> kind) {
        List<N> found = new ArrayList<>();
        within.accept(new AbstractVisitor() {
            @Override
            protected void visitChildren(Node parent) {
                if (kind.isInstance(parent)) {
                    found.add(kind.cast(parent));
                }
                super.visitChildren(parent);
            }
        });
        return found;
    }

    List<Heading> headings() {
        return all(document, Heading.class);
    }

    /** The page's name: its first heading. */
    Optional<String> title() {
        return headings().stream().filter(heading -> heading.getLevel() == 1).findFirst().map(PlainText::of);
    }

    String anchor(Heading heading) {
        return anchors.getOrDefault(heading, "");
    }

    /** What the heading with an anchor says. */
    Optional<String> section(String anchor) {
        return headings().stream().filter(heading -> anchor(heading).equals(anchor)).findFirst().map(PlainText::of);
    }

    /** Where its links and pictures lead to, as written. */
    List<String> targets() {
        List<String> targets = new ArrayList<>();
        all(document, Link.class).forEach(link -> targets.add(link.getDestination()));
        all(document, Image.class).forEach(image -> targets.add(image.getDestination()));
        return targets;
    }
}
