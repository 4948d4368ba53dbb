package dev.myproxy.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that the site shows: the pages below {@code docs}, and the files that they link to.
 *
 * @param pages by path
 * @param files the texts of files that are no pages, by path
 */
record Sources(Map<String, Page> pages, Map<String, String> files) {

    /**
     * Reads them.
     *
     * @param root the directory that {@code docs} is in
     */
    static Sources read(Path root) throws IOException {
        Sources sources = new Sources(new TreeMap<>(), new TreeMap<>());
        Deque<String> wanted = new ArrayDeque<>();
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted()
                    .forEach(file -> wanted.add(root.relativize(file).toString()));
        }
        while (!wanted.isEmpty()) {
            String path = wanted.remove();
            Path file = root.resolve(path);
            if (path.isEmpty() || sources.has(path) || !Files.isRegularFile(file)) {
                continue;
            }
            if (!path.endsWith(".md")) {
                sources.files.put(path, Files.readString(file));
                continue;
            }
            Page page = Page.read(path, Files.readString(file));
            sources.pages.put(path, page);
            for (String link : page.targets()) {
                if (Target.of(path, link) instanceof Target.Local local) {
                    wanted.add(local.path());
                }
            }
        }
        return sources;
    }

    boolean has(String path) {
        return pages.containsKey(path) || files.containsKey(path);
    }
}
