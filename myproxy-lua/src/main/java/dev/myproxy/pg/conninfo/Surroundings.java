package dev.myproxy.pg.conninfo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this machine and this process add to a connection string.
 *
 * @param variables the environment
 * @param user the name of the operating system's user; empty if it has none
 * @param home where {@code .pgpass}, {@code .pg_service.conf} and {@code .postgresql} are looked for
 * @param socketDirectories where PostgreSQL's Unix sockets are if nobody says so; the first is the usual one
 * @param serviceFiles of the whole system, used after the user's own
 */
public record Surroundings(Map<String, String> variables, Optional<String> user, Path home,
        List<Path> socketDirectories, List<Path> serviceFiles) {

    private static final String SERVICE_FILE = "pg_service.conf";

    public Surroundings {
        variables = Map.copyOf(variables);
        socketDirectories = List.copyOf(socketDirectories);
        serviceFiles = List.copyOf(serviceFiles);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        Map<String, String> variables = System.getenv();
        // Java calls a user without an entry in the password database "?".
        Optional<String> user = Optional.ofNullable(System.getProperty("user.name"))
                .filter(name -> !name.isEmpty() && !name.equals("?"));
        Path home = Path.of(nonEmpty(variables, "HOME").orElse(System.getProperty("user.home", "/")));
        return new Surroundings(variables, user, home, List.of(Path.of("/var/run/postgresql"), Path.of("/tmp")),
                serviceFiles(variables));
    }

    /** A variable; one that is set to nothing is there and empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    private static List<Path> serviceFiles(Map<String, String> variables) {
        return nonEmpty(variables, "PGSYSCONFDIR").map(directory -> List.of(Path.of(directory, SERVICE_FILE)))
                .orElse(List.of(Path.of("/etc/postgresql-common", SERVICE_FILE), Path.of("/etc", SERVICE_FILE)));
    }

    private static Optional<String> nonEmpty(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        // The environment may hold a password.
        return "Surroundings[user=" + user + ", home=" + home + "]";
    }
}
