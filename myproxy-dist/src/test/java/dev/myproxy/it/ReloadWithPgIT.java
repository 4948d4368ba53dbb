package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connections to PostgreSQL of a script stay as long as a session may need it, and not longer. */
@OwnServers
class ReloadWithPgIT {

    @TempDir
    private Path directory;

    /** Asks PostgreSQL at each login and each statement, under a name of its own, and hears notifications. */
    private String configuration(EmbeddedPostgreSql postgres, FakeServer server, String name) {
        return """
               local db = pg:new('%1$s application_name=%2$s')
               db:listen('news', function() print('%2$s has heard') end)
               local function ask() return db:execute("SELECT '%2$s' AS name"):fetch().name end
               mysql_listen('%3$s/s', {
                 on_handshake_response = function(client, login)
                   return client:connect('%4$s', {user = ask()})
                 end,
                 on_query = function(client, sql) return client:err(ask()) end,
               })
               function reload() print('reloaded', reload_config()) end
               """.formatted(postgres.conninfo(), name, directory, server.address());
    }

    /** Who is connected to PostgreSQL. */
    private static Set<String> connected(Connection watch) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = watch.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'script%'")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private static String who(RawClient client) throws IOException {
        return client.query("who").err().message();
    }

    @Test
    void eachScriptHasItsOwn() throws Exception {
        Address address = Endpoints.unix(directory.resolve("s"));
        try (EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(EmbeddedPostgreSql.Version.NEWEST);
                FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("fake")), c -> {
                    c.greet();
                    c.acceptAll();
                    while (c.read().first() != Command.QUIT.code()) {
                        c.ok();
                    }
                });
                Connection watch = postgres.connect();
                ProxyProcess proxy = ProxyProcess.start(directory, configuration(postgres, server, "script1"));
                RawClient early = RawClient.connect(address).login(Login.clear("joe", ""))) {
            Files.writeString(directory.resolve("config.lua"), configuration(postgres, server, "script2"));
            proxy.process().signal("HUP");
            proxy.awaitLine(line -> line.startsWith("reloaded") && line.endsWith("true"));

            // an old session has the old script with its connections, a new one the new script
            try (RawClient late = RawClient.connect(address).login(Login.clear("joe", ""))) {
                assertThat(who(early)).isEqualTo("script1");
                assertThat(who(late)).isEqualTo("script2");
                assertThat(connected(watch)).containsExactly("script1", "script2");
                try (Statement statement = watch.createStatement()) {
                    statement.execute("NOTIFY news");
                }
                proxy.awaitLine("script1 has heard"::equals);
                proxy.awaitLine("script2 has heard"::equals);

                // with its last session the old script closes its connections
                early.send(Command.QUIT.payload());
                patiently().until(() -> connected(watch).equals(Set.of("script2")));
                assertThat(who(late)).isEqualTo("script2");
            }
            RawClient.connect(address).login(Login.clear("joe", "")).close();
            assertThat(proxy.stop()).isZero();
            patiently().until(() -> connected(watch).isEmpty());
        }
    }
}
