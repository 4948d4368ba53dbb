package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.pg.PostgresServer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that talk to a real PostgreSQL, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class PgScriptsTest {

    private static final Path EXECUTE = Path.of("src/test/resources/lua/pg_execute.lua");

    private static final String TAIL = "mysql_listen('@x', {on_connect = connect, "
            + "on_handshake_response = function(client) return client:err('no') end})\n";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEW);

    PgScriptsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(PostgresServer postgres, String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory,
                "conninfo = \"" + postgres.conninfo() + " application_name=script\" " + source));
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
    }

    @ParameterizedTest
    @EnumSource(PostgresServer.Version.class)
    void execute(PostgresServer.Version version) throws Exception {
        try (RunningScript script = load(PostgresServer.shared(version),
                "dofile('" + EXECUTE + "')")) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Proceed());
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Proceed());
        }
    }

    @Test
    void aHundredLoginsWaitAtOnce() throws Exception {
        try (RunningScript script = load(server, """
                                                 local db = pg:new(conninfo, '', {pool = 2, name = 'hundred'})
                                                 local n = 0
                                                 function connect(client)
                                                     n = n + 1
                                                     local sql = 'SELECT $1::int * 2, pg_sleep(0.01)'
                                                     return client:err(assert(db:execute(sql, {n})):fetch({}, 'n')[1])
                                                 end
                                                 """ + TAIL)) {
            List<Future<Decision>> decisions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                decisions.add(script.ask(new ScriptEvent.Connect(script.tcpClient())));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(RunningScript.await(decisions.get(i))).isEqualTo(refuse(Integer.toString(2 * (i + 1))));
            }
            assertThat(script.host.meters.get("myproxy.pg.query").tag("database", "hundred").timer().count())
                    .isEqualTo(100);
        }
    }

    @Test
    void theQueryOfAClientThatLeftIsCancelled() throws Exception {
        try (RunningScript script = load(server, """
                                                 local db = pg:new(conninfo)
                                                 function connect(client)
                                                     if client.server_version ~= '' then client.account = 'x' end
                                                     db:execute('SELECT pg_sleep(60)')
                                                 end
                                                 """ + TAIL)) {
            String active = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'script'"
                    + " AND state = 'active'";
            ScriptClient client = script.tcpClient();
            Future<Decision> decision = script.ask(new ScriptEvent.Connect(client));
            await().until(() -> server.query(active).equals("1"));

            script.gone(client);

            await().until(() -> server.query(active).equals("0"));
            assertThat(decision.succeeded()).isFalse();
        }
    }

    @Test
    void notificationsCallOneAtATime() throws Exception {
        try (RunningScript script = load(server, """
                                                 local db = pg:new(conninfo)
                                                 local running, all = 0, false
                                                 db:listen('all', function(payload) all = all or payload == 'sent' end)
                                                 db:listen('My "name"', function(...)
                                                     running = running + 1
                                                     print(select('#', ...), (...), running)
                                                     repeat sleep(0.01) until all
                                                     running = running - 1
                                                     if ... == 'bad' then error('on purpose') end
                                                 end)
                                                 assert(db:execute('SELECT 1'))
                                                 db = nil
                                                 function connect() collectgarbage() end
                                                 """ + TAIL)) {
            script.connect(script.tcpClient());
            server.execute("SELECT pg_notify('My \"name\"', x) FROM unnest(ARRAY['bad', 'a', 'b']) AS x");
            server.execute("SELECT pg_notify('My \"name\"', 'b')");
            server.execute("SELECT pg_notify('My \"name\"', '')");
            server.execute("SELECT pg_notify('all', 'sent')");

            await().until(() -> script.host.printed.size() >= 4);
            assertThat(script.host.printedTexts()).containsExactly("1\tbad\t1", "1\ta\t1", "1\tb\t1", "1\t\t1");
            assertThat(script.host.errors).singleElement().asString().contains("on purpose");
            assertThat(script.host.meters.get("myproxy.lua.errors").tag("handler", "notify").counter().count())
                    .isEqualTo(1);

            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'script'");
            await().until(() -> script.host.printed.size() >= 5);
            assertThat(script.host.printedTexts()).last().isEqualTo("1\tnil\t1");
        }
    }

    @Test
    void aDroppedObjectGivesItsConnectionBack() throws Exception {
        String count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'script'";
        try (RunningScript script = load(server, """
                                                 function connect(client)
                                                     local db = pg:new(conninfo)
                                                     assert(db:execute('SELECT 1'))
                                                     db = nil
                                                     collectgarbage() collectgarbage()
                                                 end
                                                 """ + TAIL)) {
            for (int i = 0; i < 5; i++) {
                script.connect(script.tcpClient());
            }
            await().until(() -> {
                script.connect(script.tcpClient());
                System.gc();
                return Integer.parseInt(server.query(count)) < 3;
            });
        }
        await().until(() -> server.query(count).equals("0"));
    }

    @Test
    void closingTheScriptClosesItsConnections() throws Exception {
        String count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'script'";
        RunningScript script = load(server, "local db = pg:new(conninfo) assert(db:execute('SELECT 1')) "
                + "db:listen('x', print) function connect() end " + TAIL);
        assertThat(server.query(count)).isEqualTo("1");

        script.close();

        await().until(() -> server.query(count).equals("0"));
    }
}
