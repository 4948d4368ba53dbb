package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;

/** What is wrong with pages as a whole. Pure. */
final class Faults {

    private final Sources sources;
    private final List<String> found = new ArrayList<>();

    private Faults(Sources sources) {
        this.sources = sources;
    }

    /** One line for each, with the file; none if all is well. */
    static List<String> in(Sources sources, Contents contents) {
        Faults faults = new Faults(sources);
        sources.pages().values().forEach(faults::look);
        faults.look(contents);
        return faults.found;
    }

    private void look(Page page) {
        for (String link : page.targets()) {
            deadness(Target.of(page.path(), link))
                    .ifPresent(what -> found.add(page.path() + ": " + link + ": " + what));
        }
        long titles = page.headings().stream().filter(heading -> heading.getLevel() == 1).count();
        if (titles != 1) {
            found.add(page.path() + ": has " + titles + " headings of the first level: expected one, its title");
        }
        List<String> html = new ArrayList<>();
        Page.all(page.document(), HtmlBlock.class).forEach(block -> html.add(block.getLiteral()));
        Page.all(page.document(), HtmlInline.class).forEach(inline -> html.add(inline.getLiteral()));
        html.stream().filter(text -> !text.startsWith("<!--"))
                .forEach(text -> found
                        .add(page.path() + ": " + text + ": HTML, which is not shown: put it into backquotes"));
    }

    /** Why a link leads nowhere, if so. */
    private Optional<String> deadness(Target target) {
        return switch (target) {
            case Target.Elsewhere elsewhere -> elsewhere.url().startsWith("http")
                    ? Optional.empty()
                    : Optional.of("neither a file nor a page of the web");
            case Target.Local local when !sources.has(local.path()) -> Optional.of("there is no such file");
            case Target.Local local -> local.anchorIfAny().filter(name -> !anchors(local.path()).contains(name))
                    .map(name -> "there is no heading #" + name);
        };
    }

    private Set<String> anchors(String path) {
        Page page = sources.pages().get(path);
        return page == null ? Set.of() : new HashSet<>(page.anchors().values());
    }

    private void look(Contents contents) {
        Set<String> named = new HashSet<>();
        for (String path : contents.paths()) {
            if (!named.add(path)) {
                found.add("docs/index.md: names " + path + " twice");
            }
        }
        sources.pages().keySet().stream()
                .filter(path -> path.startsWith("docs/") && !path.equals("docs/index.md") && !named.contains(path))
                .forEach(path -> found.add("docs/index.md: does not name " + path));
    }
}
