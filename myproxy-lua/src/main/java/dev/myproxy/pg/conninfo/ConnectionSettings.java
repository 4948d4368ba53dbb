package dev.myproxy.pg.conninfo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a database.
 *
 * @param hosts one or more, to be tried one after the other in {@code order}
 * @param target which kind of server will do
 * @param parameters what the startup packet says besides user and database: {@code application_name}, {@code options},
 *     {@code datestyle}, {@code timezone}, {@code geqo}, each only if it was set
 * @param connectTimeout for each host; empty if there is none
 * @param warnings what an operator should know, one line each: settings that libpq would leave out without a word
 */
public record ConnectionSettings(List<HostSettings> hosts, HostOrder order, TargetSession target, String user,
        String database, Map<String, String> parameters, TlsSettings tls, TcpSettings tcp,
        Optional<Duration> connectTimeout, List<String> warnings) {

    public ConnectionSettings {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
        warnings = List.copyOf(warnings);
    }
}
