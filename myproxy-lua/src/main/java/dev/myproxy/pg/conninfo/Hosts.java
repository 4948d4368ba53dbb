package dev.myproxy.pg.conninfo;

import dev.myproxy.auth.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts hosts, addresses and ports together, which are lists with commas. */
final class Hosts {

    private static final int DEFAULT_PORT = 5432;
    private static final String LOCALHOST = "localhost";
    /** sun_path holds 108 bytes, and one of them ends the path. */
    private static final int MAX_PATH_BYTES = 107;

    private final Given given;
    private final Surroundings surroundings;

    Hosts(Given given, Surroundings surroundings) {
        this.given = given;
        this.surroundings = surroundings;
    }

    /** The hosts, without passwords. */
    List<HostSettings> read() throws ConninfoException {
        Optional<String> names = given.nonEmpty(Keyword.HOST);
        Optional<String> addresses = given.nonEmpty(Keyword.HOSTADDR);
        List<String> hosts = names.or(() -> addresses).map(Hosts::split).orElse(List.of(""));
        List<String> literals = addresses.map(Hosts::split).orElse(List.of());
        if (addresses.isPresent() && literals.size() != hosts.size()) {
            throw new ConninfoException("could not match " + hosts.size() + " host names to " + literals.size()
                    + " hostaddr values");
        }
        List<Integer> ports = ports(hosts.size());
        List<HostSettings> settings = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            String literal = literals.isEmpty() ? "" : literals.get(i);
            settings.add(literal.isEmpty()
                    ? host(hosts.get(i), ports.get(i))
                    : address(hosts.get(i), literal, ports.get(i)));
        }
        return settings;
    }

    private List<Integer> ports(int hosts) throws ConninfoException {
        List<String> texts = given.nonEmpty(Keyword.PORT).map(Hosts::split).orElse(List.of(""));
        if (texts.size() != 1 && texts.size() != hosts) {
            throw new ConninfoException("could not match " + texts.size() + " port numbers to " + hosts + " hosts");
        }
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            ports.add(port(texts.get(texts.size() == 1 ? 0 : i)));
        }
        return ports;
    }

    private static int port(String text) throws ConninfoException {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        int port = Numbers.parse(text, Keyword.PORT);
        if (port < 1 || port > 0xffff) {
            throw new ConninfoException("invalid port number: \"" + text + "\"");
        }
        return port;
    }

    private HostSettings host(String host, int port) throws ConninfoException {
        if (host.isEmpty()) {
            return nobodySaid(port);
        }
        if (host.startsWith("@")) {
            throw new ConninfoException(
                    "host \"" + host + "\" is not supported: PostgreSQL's sockets must be in a directory");
        }
        return host.startsWith("/")
                ? unix(host, port)
                : new HostSettings(new HostEndpoint.Tcp(host, port), host, Secret.empty());
    }

    private static HostSettings unix(String directory, int port) throws ConninfoException {
        HostEndpoint.Unix unix = new HostEndpoint.Unix(directory, port);
        if (unix.path().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new ConninfoException("Unix-domain socket path \"" + unix.path() + "\" is too long (maximum "
                    + MAX_PATH_BYTES + " bytes)");
        }
        return new HostSettings(unix, directory, Secret.empty());
    }

    /**
     * A directory where there is such a socket. If there is none, the usual one, because the server may be about to start;
     * if PostgreSQL doesn't even have a directory here, TCP.
     */
    private HostSettings nobodySaid(int port) throws ConninfoException {
        List<Path> directories = surroundings.socketDirectories();
        Optional<Path> directory = directories.stream()
                .filter(candidate -> Files.exists(candidate.resolve(".s.PGSQL." + port))).findFirst()
                .or(() -> directories.stream().limit(1).filter(Files::isDirectory).findFirst());
        return directory.isPresent() ? unix(directory.get().toString(), port) : host(LOCALHOST, port);
    }

    private static HostSettings address(String host, String literal, int port) throws ConninfoException {
        try {
            InetAddress.ofLiteral(literal);
            return new HostSettings(new HostEndpoint.Tcp(literal, port), host.isEmpty() ? literal : host,
                    Secret.empty());
        } catch (IllegalArgumentException _) {
            throw new ConninfoException(
                    "could not parse network address \"" + literal + "\": Name or service not known");
        }
    }

    /** What the password file has for a host: sockets in usual directories count as the machine itself. */
    String nameInPasswordFile(HostSettings host) {
        boolean usual = host.endpoint() instanceof HostEndpoint.Unix unix
                && surroundings.socketDirectories().contains(Path.of(unix.directory()));
        return usual ? LOCALHOST : host.name();
    }

    private static List<String> split(String list) {
        return List.of(list.split(",", -1));
    }
}
