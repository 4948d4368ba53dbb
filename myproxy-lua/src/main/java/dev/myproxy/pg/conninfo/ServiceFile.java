package dev.myproxy.pg.conninfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connection options under a name, in files of this form:
 *
 * <pre>
 * # comment
 * [name]
 * option=value
 * </pre>
 *
 * <p>Blanks around a line don't count, those around {@code =} do.
 */
final class ServiceFile {

    private ServiceFile() {}

    /** Adds the options of the service that was asked for, if one was; those that were given already stay. */
    static void addTo(Given given, Surroundings surroundings) throws ConninfoException {
        Optional<String> service = given.get(Keyword.SERVICE).or(() -> surroundings.variable("PGSERVICE"));
        if (service.isEmpty()) {
            return;
        }
        for (Path file : files(surroundings)) {
            if (Files.exists(file) && add(given, service.get(), file)) {
                return;
            }
        }
        throw new ConninfoException("definition of service \"" + service.get() + "\" not found");
    }

    private static List<Path> files(Surroundings surroundings) {
        List<Path> files = new ArrayList<>();
        files.add(surroundings.variable("PGSERVICEFILE").map(Path::of)
                .orElse(surroundings.home().resolve(".pg_service.conf")));
        files.addAll(surroundings.serviceFiles());
        return files;
    }

    private static boolean add(Given given, String service, Path file) throws ConninfoException {
        List<String> lines = lines(file);
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (found) {
                    return true;
                }
                found = line.startsWith("[" + service + "]");
            } else if (found) {
                option(given, line, "service file \"" + file + "\", line " + (i + 1));
            }
        }
        return found;
    }

    private static void option(Given given, String line, String where) throws ConninfoException {
        int equals = line.indexOf('=');
        if (line.startsWith("ldap")) {
            throw new ConninfoException("LDAP lookup of connection options is not supported in " + where);
        }
        if (equals < 0) {
            throw new ConninfoException("syntax error in " + where);
        }
        String name = line.substring(0, equals);
        if (name.equals(Keyword.SERVICE.text)) {
            throw new ConninfoException("nested service specifications not supported in " + where);
        }
        Keyword keyword = Keyword.of(name).orElseThrow(() -> new ConninfoException(
                "syntax error in " + where + ": invalid connection option \"" + name + "\"" + Keyword.hint(name)));
        given.setIfAbsent(keyword, line.substring(equals + 1));
    }

    private static List<String> lines(Path file) throws ConninfoException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new ConninfoException("service file \"" + file + "\" could not be read: " + FileMode.reason(e));
        }
    }
}
