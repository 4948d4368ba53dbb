package dev.myproxy.pg.conninfo;

import dev.myproxy.auth.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Passwords in a file, by default {@code ~/.pgpass}.
 *
 * <pre>
 * host:port:database:user:password
 *
 * *   in one of the first four fields matches everything
 * \   makes the next character, : or \, a part of the field
 * #   at the beginning of a line: a comment
 * </pre>
 *
 * <p>The first line that matches counts. Fields are compared byte by byte, so the file may have any encoding: lines are
 * held as ISO-8859-1, a character for each byte.
 */
final class PasswordFile {

    private final List<String> lines;

    private PasswordFile(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Reads the file. One that isn't there, or may not be used, has no lines.
     *
     * @param named whether somebody asked for this file by name
     * @param warnings gets a line if there is something wrong with the file
     */
    static PasswordFile read(Path file, boolean named, List<String> warnings) {
        if (!Files.exists(file)) {
            if (named) {
                warnings.add("password file \"" + file + "\" not found");
            }
        } else if (!Files.isRegularFile(file)) {
            warnings.add("password file \"" + file + "\" is not a plain file");
        } else {
            try {
                if (!FileMode.of(file).onlyOwner()) {
                    warnings.add("password file \"" + file
                            + "\" has group or world access; permissions should be u=rw (0600) or less");
                } else {
                    return new PasswordFile(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                warnings.add("password file \"" + file + "\" could not be read: " + FileMode.reason(e));
            }
        }
        return new PasswordFile(List.of());
    }

    /** The password; empty if there is none. */
    Secret find(String host, int port, String database, String user) {
        for (String line : lines) {
            if (!line.startsWith("#")) {
                Optional<String> password = Optional.of(line).flatMap(rest -> after(rest, host))
                        .flatMap(rest -> after(rest, Integer.toString(port))).flatMap(rest -> after(rest, database))
                        .flatMap(rest -> after(rest, user));
                if (password.isPresent()) {
                    return Secret.wrap(unescape(password.get()).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
        return Secret.empty();
    }

    /** What stands behind the first field and its colon, if the field matches. */
    private static Optional<String> after(String line, String wanted) {
        if (line.startsWith("*:")) {
            return Optional.of(line.substring(2));
        }
        String word = new String(wanted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int matched = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ':' && matched == word.length()) {
                return Optional.of(line.substring(i + 1));
            }
            if (line.charAt(i) == '\\') {
                i++;
            }
            if (i == line.length() || matched == word.length() || line.charAt(i) != word.charAt(matched)) {
                return Optional.empty();
            }
            matched++;
        }
        return Optional.empty();
    }

    /** The password ends at a colon, too. */
    private static String unescape(String field) {
        StringBuilder password = new StringBuilder(field.length());
        for (int i = 0; i < field.length() && field.charAt(i) != ':'; i++) {
            if (field.charAt(i) == '\\' && i + 1 < field.length()) {
                i++;
            }
            password.append(field.charAt(i));
        }
        return password.toString();
    }
}
