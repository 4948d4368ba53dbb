package dev.myproxy.manual;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of the project, without those that the build makes.
 *
 * @param files all of them
 */
public record SourceTree(List<Path> files) {

    private static final Set<String> MADE = Set.of("target", ".git", ".cifuzz-corpus");

    /** Those below a directory. */
    public static SourceTree of(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return MADE.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return new SourceTree(files);
    }

    /** Those whose path, or the end of it, matches a regular expression. */
    public List<Path> matching(String pattern) {
        return files.stream().filter(file -> file.toString().matches("(?:.*/)?" + pattern)).toList();
    }

    /** The texts of those, one after the other. */
    public String text(String pattern) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : matching(pattern)) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }
}
