package dev.myproxy.pg.conninfo;

import dev.myproxy.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads connection strings as libpq's {@code PQconnectdb} does.
 *
 * <p>What the string leaves open comes from a service file, then from the environment, then from defaults; passwords that
 * are in none of them come from the password file.
 */
public final class Conninfo {

    /** What servers list us as unless somebody says otherwise; libpq has nothing here. */
    private static final String PROGRAM = "myproxy";

    /** Variables that libpq hands to the server, and the parameters that they become. */
    private static final Map<String, String> SESSION_VARIABLES = Map.of("PGDATESTYLE", "datestyle", "PGTZ",
            "timezone", "PGGEQO", "geqo");

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);

    private final Given given;
    private final Surroundings surroundings;
    private final List<String> warnings = new ArrayList<>();

    private Conninfo(Given given, Surroundings surroundings) {
        this.given = given;
        this.surroundings = surroundings;
    }

    /**
     * Reads a connection string, and the files that it or the environment name. May block on a slow disk; never asks a
     * name server, and connects to nothing.
     *
     * @param text key/value or URI; may be empty
     * @throws ConninfoException if the text, the environment or a file makes no sense, or asks for what is not supported
     */
    public static ConnectionSettings read(String text, Surroundings surroundings) throws ConninfoException {
        if (text.indexOf('\0') >= 0) {
            throw new ConninfoException("connection info string contains a NUL byte");
        }
        Given given = UriForm.matches(text) ? UriForm.parse(text) : KeyValueForm.parse(text);
        ServiceFile.addTo(given, surroundings);
        given.addVariables(surroundings);
        return new Conninfo(given, surroundings).settings();
    }

    private ConnectionSettings settings() throws ConninfoException {
        Unsupported.refuse(given);
        Hosts hosts = new Hosts(given, surroundings);
        List<HostSettings> places = hosts.read();
        String user = given.nonEmpty(Keyword.USER).or(surroundings::user).orElseThrow(() -> new ConninfoException(
                "no user name: the operating system has none for this process; give user or PGUSER"));
        String database = given.nonEmpty(Keyword.DBNAME).orElse(user);
        boolean tcp = places.stream().anyMatch(place -> place.endpoint() instanceof HostEndpoint.Tcp);
        return new ConnectionSettings(withPasswords(hosts, places, database, user),
                Choice.read(given, Keyword.LOAD_BALANCE_HOSTS, HostOrder.values(), HostOrder.DISABLE),
                Choice.read(given, Keyword.TARGET_SESSION_ATTRS, TargetSession.values(), TargetSession.ANY), user,
                database, parameters(), Tls.read(given, surroundings, tcp, warnings), tcp(), connectTimeout(),
                warnings);
    }

    private List<HostSettings> withPasswords(Hosts hosts, List<HostSettings> places, String database, String user) {
        Optional<String> password = given.nonEmpty(Keyword.PASSWORD);
        if (password.isPresent()) {
            return places.stream().map(place -> new HostSettings(place.endpoint(), place.name(),
                    Secret.wrap(password.get().getBytes(StandardCharsets.UTF_8)))).toList();
        }
        Optional<Path> named = given.nonEmpty(Keyword.PASSFILE).map(Path::of);
        PasswordFile file = PasswordFile.read(named.orElse(surroundings.home().resolve(".pgpass")),
                named.isPresent(), warnings);
        return places.stream().map(place -> new HostSettings(place.endpoint(), place.name(),
                file.find(hosts.nameInPasswordFile(place), place.endpoint().port(), database, user))).toList();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        given.nonEmpty(Keyword.OPTIONS).ifPresent(options -> parameters.put("options", options));
        given.get(Keyword.APPLICATION_NAME).or(() -> given.get(Keyword.FALLBACK_APPLICATION_NAME))
                .or(() -> Optional.of(PROGRAM)).filter(name -> !name.isEmpty())
                .ifPresent(name -> parameters.put("application_name", name));
        SESSION_VARIABLES.forEach((variable, parameter) -> surroundings.variable(variable)
                .filter(value -> !value.isEmpty() && !value.equalsIgnoreCase("default"))
                .ifPresent(value -> parameters.put(parameter, value)));
        return parameters;
    }

    private TcpSettings tcp() throws ConninfoException {
        return new TcpSettings(Numbers.read(given, Keyword.KEEPALIVES).orElse(1) != 0,
                Numbers.seconds(given, Keyword.KEEPALIVES_IDLE),
                Numbers.seconds(given, Keyword.KEEPALIVES_INTERVAL),
                Numbers.positive(given, Keyword.KEEPALIVES_COUNT),
                Numbers.milliseconds(given, Keyword.TCP_USER_TIMEOUT));
    }

    /** Zero and less mean none; a single second would often be too short for no reason. */
    private Optional<Duration> connectTimeout() throws ConninfoException {
        return Numbers.seconds(given, Keyword.CONNECT_TIMEOUT)
                .map(timeout -> timeout.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : timeout);
    }
}
