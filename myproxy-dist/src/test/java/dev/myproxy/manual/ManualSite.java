package dev.myproxy.manual;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the site; the build runs it before it packs the distribution. */
public final class ManualSite {

    /** What all pages load: files of this package, and scripts that come as libraries, with the licence that they ask for. */
    private static final Map<String, String> ASSETS = Map.of(
            "site.css", "/dev/myproxy/manual/site.css",
            "site.js", "/dev/myproxy/manual/site.js",
            "lunr.js", "/META-INF/resources/webjars/lunr/2.3.9/lunr.min.js",
            "lunr.LICENSE", "/META-INF/resources/webjars/lunr/2.3.9/LICENSE",
            "highlight.js", "/META-INF/resources/webjars/highlightjs/11.11.1/highlight.min.js");

    private ManualSite() {}

    /**
     * Builds it, and exits with 1 if links lead nowhere.
     *
     * @param arguments the directory that {@code docs} is in, and the one to write to
     */
    public static void main(String... arguments) throws IOException {
        List<String> faults = build(Path.of(arguments[0]), Path.of(arguments[1]));
        faults.forEach(System.err::println);
        if (!faults.isEmpty()) {
            System.exit(1);
        }
    }

    /**
     * Builds it if nothing is wrong.
     *
     * @return what is wrong: one line for each fault
     */
    static List<String> build(Path root, Path site) throws IOException {
        Sources sources = Sources.read(root);
        Page index = sources.pages().get("docs/index.md");
        if (index == null) {
            return List.of("docs/index.md: there is no such file");
        }
        Contents contents = Contents.of(index);
        List<String> faults = Faults.in(sources, contents);
        if (faults.isEmpty()) {
            write(sources, contents, site);
        }
        return faults;
    }

    private static void write(Sources sources, Contents contents, Path site) throws IOException {
        String template = new String(resource("/dev/myproxy/manual/page.html"), StandardCharsets.UTF_8);
        PageWriter writer = new PageWriter(template, contents, sources.pages());
        for (Page page : sources.pages().values()) {
            put(site, shown(page.path()), writer.write(page));
        }
        for (Map.Entry<String, String> file : sources.files().entrySet()) {
            put(site, shown(file.getKey()), writer.write(file.getKey(), file.getValue()));
        }
        put(site, "assets/sections.js", SearchText.script(sources));
        for (Map.Entry<String, String> asset : ASSETS.entrySet()) {
            Files.write(site.resolve("assets").resolve(asset.getKey()), resource(asset.getValue()));
        }
    }

    private static String shown(String path) {
        return new Target.Local(path, "").shownAs();
    }

    private static void put(Path site, String name, String text) throws IOException {
        Path file = site.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ManualSite.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
