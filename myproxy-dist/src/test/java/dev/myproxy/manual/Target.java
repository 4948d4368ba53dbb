package dev.myproxy.manual;

import java.nio.file.Path;
import java.util.Optional;

/** Where a link leads to. Pure. */
sealed interface Target {

    /** Another site. */
    record Elsewhere(String url) implements Target {}

    /**
     * A file among the sources.
     *
     * @param path   from the root of the sources; empty if it is outside of them
     * @param anchor of a heading in it, or empty
     */
    record Local(String path, String anchor) implements Target {

        /** The file of the site that shows it. */
        String shownAs() {
            String name = path.endsWith(".md") ? path.substring(0, path.length() - 3) : path;
            return (name.startsWith("docs/") ? name.substring("docs/".length()) : "files/" + name) + ".html";
        }

        Optional<String> anchorIfAny() {
            return anchor.isEmpty() ? Optional.empty() : Optional.of(anchor);
        }

        /** A link to it in another file of the site. */
        String from(String shown) {
            Path directory = Path.of("/" + shown).resolveSibling(".").normalize();
            String file = shown.equals(shownAs()) ? "" : directory.relativize(Path.of("/" + shownAs())).toString();
            return file + anchorIfAny().map(name -> "#" + name).orElse("");
        }
    }

    /**
     * Reads a link.
     *
     * @param page the path of the page that it stands on
     */
    static Target of(String page, String link) {
        if (link.matches("[a-z]+:.*")) {
            return new Elsewhere(link);
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        String anchor = hash < 0 ? "" : link.substring(hash + 1);
        if (file.isEmpty()) {
            return new Local(page, anchor);
        }
        Path path = Path.of("/root", page).resolveSibling(file).normalize();
        Path root = Path.of("/root");
        return new Local(path.startsWith(root) && !path.equals(root) ? root.relativize(path).toString() : "", anchor);
    }
}
