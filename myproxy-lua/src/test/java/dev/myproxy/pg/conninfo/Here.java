package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine of a test's own: an environment, a home, a directory for sockets. Its user is {@code ann}. */
final class Here {

    final Path home;
    final Path sockets;
    private final Map<String, String> variables = new HashMap<>();

    Here(Path directory) {
        home = directory;
        sockets = directory.resolve("sockets");
    }

    Here with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Writes a file of the home that its owner alone may read. */
    Here file(String name, String... lines) {
        return fileOf("rw-------", name, lines);
    }

    Here fileOf(String permissions, String name, String... lines) {
        Path file = home.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(lines), StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Surroundings surroundings() {
        return surroundings(Optional.of("ann"));
    }

    Surroundings surroundings(Optional<String> user) {
        return new Surroundings(variables, user, home, List.of(sockets), List.of(home.resolve("system.conf")));
    }

    ConnectionSettings read(String text) {
        try {
            return Conninfo.read(text, surroundings());
        } catch (ConninfoException e) {
            throw new AssertionError(text + ": " + e.getMessage(), e);
        }
    }

    void refuses(String text, String message) {
        assertThatThrownBy(() -> Conninfo.read(text, surroundings())).as(text).isInstanceOf(ConninfoException.class)
                .hasMessage(message);
    }

    /** A host as {@code host:port}, or the path of its socket. */
    static String place(HostSettings host) {
        return switch (host.endpoint()) {
            case HostEndpoint.Unix unix -> unix.path();
            case HostEndpoint.Tcp tcp -> tcp.host() + ":" + tcp.port();
        };
    }

    static List<String> places(ConnectionSettings settings) {
        return settings.hosts().stream().map(Here::place).toList();
    }

    static String password(ConnectionSettings settings) {
        return password(settings.hosts().getFirst());
    }

    static String password(HostSettings host) {
        return new String(host.password().copy(), StandardCharsets.UTF_8);
    }
}
