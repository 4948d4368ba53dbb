package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.ConnectionSettings;
import dev.myproxy.pg.conninfo.HostEndpoint;
import dev.myproxy.pg.conninfo.HostSettings;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Tells the Vert.x client what a connection string says. */
final class Targets {

    /** How long connecting to a server may take if the connection string does not say. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private Targets() {}

    static PgTarget of(ConnectionSettings settings, String label) {
        return new PgTarget(settings.hosts().stream().map(host -> server(settings, host)).toList(), settings.order(),
                settings.target(), settings.tcp(), settings.connectTimeout().orElse(WITHIN), SILENCE,
                label);
    }

    static String name(ConnectionSettings settings) {
        HostSettings first = settings.hosts().getFirst();
        return first.name() + ":" + first.endpoint().port() + "/" + settings.database();
    }

    private static Server server(ConnectionSettings settings, HostSettings host) {
        Map<String, String> properties = new HashMap<>(settings.parameters());
        properties.put("client_encoding", "UTF8");
        PgConnectOptions options = new NamedHost(host)
                .setUser(settings.user()).setDatabase(settings.database())
                .setPassword(new String(host.password().copy(), StandardCharsets.UTF_8))
                .setProperties(properties).setPipeliningLimit(1).setUseLayer7Proxy(true).setReconnectAttempts(0)
                .setSslMode(SslMode.valueOf(settings.tls().mode().name()))
                .setSslOptions(TlsOptions.of(settings.tls()));
        return switch (host.endpoint()) {
            case HostEndpoint.Unix unix -> new Server(options.setHost(unix.directory()).setPort(unix.port()),
                    "server on socket \"" + unix.path() + "\"");
            case HostEndpoint.Tcp(String address, int port) -> new Server(options.setHost(address).setPort(port),
                    "server at \"" + host.name() + "\"" + (address.equals(host.name()) ? "" : " (" + address + ")")
                            + ", port " + port);
        };
    }
}
