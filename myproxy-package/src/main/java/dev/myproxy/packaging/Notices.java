package dev.myproxy.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gathers the texts of licences and notices that libraries have in their jars, each text once, into one file. */
public final class Notices {

    private static final Pattern NOTICE = Pattern
            .compile("(.*/)?(licen[cs]e|notice|copying|copyright|al2\\.0|lgpl2\\.1)[^/]*", Pattern.CASE_INSENSITIVE);

    private Notices() {}

    /**
     * Writes the file.
     *
     * @param arguments a directory of jars, a directory of texts for libraries that bring none, the file to write
     */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[2]), gathered(Path.of(arguments[0]), Path.of(arguments[1])));
    }

    /** All texts, each under the names of those that it is for. */
    static String gathered(Path jars, Path texts) throws IOException {
        Map<String, Set<String>> ownersByText = new LinkedHashMap<>();
        for (Path jar : files(jars, ".jar")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(entry -> isNotice(entry.getName())).toList()) {
                    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    add(ownersByText, text, jar.getFileName() + " (" + entry.getName() + ")");
                }
            }
        }
        for (Path text : files(texts, ".txt")) {
            add(ownersByText, Files.readString(text), text.getFileName().toString().replaceFirst("\\.txt$", ""));
        }
        StringBuilder all = new StringBuilder();
        ownersByText.forEach((text, owners) -> all.append("=".repeat(78)).append('\n')
                .append(String.join("\n", owners)).append('\n').append("=".repeat(78)).append("\n\n").append(text)
                .append("\n\n"));
        return all.toString();
    }

    private static void add(Map<String, Set<String>> ownersByText, String text, String owner) {
        String tidy = text.replace("\r", "").stripTrailing();
        if (!tidy.isEmpty()) {
            ownersByText.computeIfAbsent(tidy, _ -> new TreeSet<>()).add(owner);
        }
    }

    private static boolean isNotice(String entry) {
        String name = entry.toLowerCase(Locale.ROOT);
        return NOTICE.matcher(entry).matches() && !name.endsWith(".class") && !name.endsWith("/");
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
