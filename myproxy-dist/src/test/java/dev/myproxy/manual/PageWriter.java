package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes the site's files of HTML, which link to each other relatively and so can be read from anywhere. Pure. */
final class PageWriter {

    private final String template;
    private final Contents contents;
    private final Map<String, Page> pages;

    /**
     * @param template a file of HTML with <code>${…}</code> for what differs
     */
    PageWriter(String template, Contents contents, Map<String, Page> pages) {
        this.template = template;
        this.contents = contents;
        this.pages = pages;
    }

    String write(Page page) {
        Page.all(page.document(), Link.class).forEach(link -> nameByTitle(page, link));
        HtmlRenderer renderer = HtmlRenderer.builder().extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(_ -> (node, _, attributes) -> attribute(page, node, attributes)).build();
        return fill(page.path(), page.title().orElse(page.path()), renderer.render(page.document()), sections(page));
    }

    /** A file that is no page, as it is. */
    String write(String path, String text) {
        String language = path.substring(path.lastIndexOf('.') + 1);
        String code = "<h1>%s</h1>\n<pre><code class=\"language-%s\">%s</code></pre>\n".formatted(escaped(path),
                escaped(language.equals("yml") ? "yaml" : language), escaped(text));
        return fill(path, path, code, "");
    }

    /** A link that is called by its file is called by the page's title instead, or by the section's. */
    private void nameByTitle(Page page, Link link) {
        if (link.getFirstChild() instanceof Text text && text.getNext() == null && text.getLiteral().endsWith(".md")
                && Target.of(page.path(), link.getDestination()) instanceof Target.Local local) {
            Optional.ofNullable(pages.get(local.path()))
                    .flatMap(other -> local.anchor().isEmpty() ? other.title() : other.section(local.anchor()))
                    .ifPresent(text::setLiteral);
        }
    }

    private static void attribute(Page page, Node node, Map<String, String> attributes) {
        if (node instanceof Heading heading) {
            attributes.put("id", page.anchor(heading));
        } else if (node instanceof Link link
                && Target.of(page.path(), link.getDestination()) instanceof Target.Local local) {
            attributes.put("href", local.from(shown(page.path())));
        }
    }

    private static String shown(String path) {
        return new Target.Local(path, "").shownAs();
    }

    private String fill(String path, String title, String body, String sections) {
        return template.replace("${root}", "../".repeat((int) shown(path).chars().filter(c -> c == '/').count()))
                .replace("${title}", escaped(title)).replace("${navigation}", navigation(path))
                .replace("${sections}", sections).replace("${neighbours}", neighbours(path)).replace("${body}", body);
    }

    private String navigation(String path) {
        StringBuilder html = new StringBuilder();
        for (Contents.Chapter chapter : contents.chapters()) {
            html.append("<h2>").append(escaped(chapter.title())).append("</h2>\n<ul>\n");
            for (Contents.Entry entry : chapter.entries()) {
                html.append("<li").append(entry.depth() > 0 ? " class=\"deeper\"" : "").append('>')
                        .append(link(path, entry.path(), entry.title(), entry.path().equals(path))).append("</li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private static String link(String from, String to, String title, boolean here) {
        return "<a href=\"%s\"%s>%s</a>".formatted(
                here ? "#" : escaped(new Target.Local(to, "").from(shown(from))), here ? " aria-current=\"page\"" : "",
                escaped(title));
    }

    /** Links to the sections of a page that is long enough to need them. */
    private static String sections(Page page) {
        List<Heading> headings = page.headings().stream()
                .filter(heading -> heading.getLevel() == 2 || heading.getLevel() == 3).toList();
        if (headings.size() < 2) {
            return "";
        }
        List<String> items = new ArrayList<>();
        for (Heading heading : headings) {
            items.add("<li class=\"level%d\"><a href=\"#%s\">%s</a></li>".formatted(heading.getLevel(),
                    escaped(page.anchor(heading)), escaped(PlainText.of(heading))));
        }
        return "<h2>On this page</h2>\n<ul>\n" + String.join("\n", items) + "\n</ul>\n";
    }

    private String neighbours(String path) {
        List<String> paths = contents.paths();
        int at = paths.indexOf(path);
        String before = at > 0 ? neighbour(path, paths.get(at - 1), "← ", "") : "<span></span>";
        boolean more = (at >= 0 || path.equals("docs/index.md")) && at + 1 < paths.size();
        return before + (more ? neighbour(path, paths.get(at + 1), "", " →") : "<span></span>");
    }

    private String neighbour(String from, String to, String before, String after) {
        Page page = pages.get(to);
        String title = page == null ? to : page.title().orElse(to);
        return "<a href=\"%s\">%s</a>".formatted(escaped(new Target.Local(to, "").from(shown(from))),
                before + escaped(title) + after);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
