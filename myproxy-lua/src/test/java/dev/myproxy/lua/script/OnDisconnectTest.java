package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code on_disconnect} gets and may do, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class OnDisconnectTest {

    private static final Map<String, Object> SESSION = Map.of("id", 2147483650L, "account", ByteString.of("joe"),
            "server", "/run/s", "queries", 3L, "hook_ms", 0.5);

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    OnDisconnectTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String handlers) throws Exception {
        return RunningScript.load(engine, write(handlers));
    }

    private Path write(String handlers) {
        return RunningScript.write(directory, """
                                              mysql_listen('@x', {
                                                  on_handshake_response = function(client)
                                                      return client:err('no')
                                                  end,
                                              """ + handlers + "})");
    }

    private static void awaitPrinted(RunningScript script, String... lines) {
        await().untilAsserted(() -> assertThat(script.host.printedTexts()).containsExactly(lines));
    }

    @Test
    void isToldAboutTheSession() throws Exception {
        try (RunningScript script = load("""
                                         on_disconnect = function(client, cause, session, ...)
                                             local names = {}
                                             for name, value in pairs(session) do
                                                 names[#names + 1] = name .. '=' .. tostring(value)
                                             end
                                             table.sort(names)
                                             print(cause, select('#', ...), unpack(names))
                                         end,
                                         """)) {
            script.disconnect(script.tcpClient(), "client_quit", SESSION);

            awaitPrinted(script, "client_quit\t0\taccount=joe\thook_ms=0.5\tid=2147483650\tqueries=3\tserver=/run/s");
        }
    }

    @Test
    void clientCanBeReadUntilItEnds() throws Exception {
        try (RunningScript script = load("""
                                         on_connect = function(client)
                                             client.notes.seen = 'seen'
                                             client.account = 'joe'
                                             kept = client
                                         end,
                                         on_disconnect = function(client)
                                             assert(client == kept)
                                             sleep(0.001)
                                             print(client.notes.seen, client.account, tostring(client.address))
                                         end,
                                         on_init_db = function(client)
                                             return client:err(select(2, pcall(function() return kept.account end)))
                                         end,
                                         """)) {
            ScriptClient client = script.tcpClient();
            script.connect(client);
            script.disconnect(client, "client_closed", SESSION);

            awaitPrinted(script, "seen\tjoe\t192.0.2.7:40000");
            await().until(client::isStale);
            await().untilAsserted(() -> assertThat(script.initDb(script.tcpClient(), "db"))
                    .isInstanceOfSatisfying(Decision.Refuse.class,
                            refusal -> assertThat(refusal.message().utf8()).endsWith("Stale object")));
        }
    }

    @Test
    void isCalledForAClientThatNoHandlerHasSeen() throws Exception {
        try (RunningScript script = load("on_disconnect = function(client) print(client.notes.x) end")) {
            script.disconnect(script.tcpClient(), "login_timeout", SESSION);

            awaitPrinted(script, "nil");
        }
    }

    @Test
    void endsTheHandlerThatWaits() throws Exception {
        try (RunningScript script = load("""
                                         on_query = function(client) sleep(1e6) print('never') end,
                                         on_disconnect = function(client, cause) print(cause) end,
                                         """)) {
            ScriptClient client = script.tcpClient();
            Future<Decision> waits = script.ask(new ScriptEvent.Query(client, ByteString.of("SELECT 1")));
            script.connect(script.strayClient());

            script.disconnect(client, "client_closed", SESSION);

            awaitPrinted(script, "client_closed");
            assertThat(waits.otherwise(new Decision.Failed("gone")).await()).isEqualTo(new Decision.Failed("gone"));
        }
    }

    @Test
    void failuresNameTheConnection() throws Exception {
        try (RunningScript script = load(
                """
                on_disconnect = function(client, cause) if cause == 'a' then error('boom') end return cause end
                """)) {
            script.disconnect(script.tcpClient(), "a", SESSION);
            await().until(() -> script.host.errors.size() == 1);
            script.disconnect(script.unixClient(0), "b", SESSION);
            await().until(() -> script.host.errors.size() == 2);

            assertThat(script.host.errors.getFirst()).startsWith("[192.0.2.7:40000] Lua error in on_disconnect: ")
                    .contains("config.lua:5: boom\n\t").contains("config.lua:5: in function ");
            assertThat(script.host.errors.getLast())
                    .isEqualTo("[pid=4711 uid=1000] Lua error in on_disconnect: Bad return value");
            assertThat(script.host.meters().get("myproxy.lua.errors").tag("handler", "on_disconnect").counter()
                    .count()).isEqualTo(2);
        }
    }

    @Test
    void onlySoManyRunAtATime() throws Exception {
        int calls = 3 * Farewells.MAX_RUNNING;
        try (RunningScript script = load("""
                                         on_disconnect = function(client)
                                             running = (running or 0) + 1
                                             most = math.max(most or 0, running)
                                             sleep(0.01)
                                             running = running - 1
                                             ended = (ended or 0) + 1
                                         end,
                                         on_init_db = function(client)
                                             return client:init_db((most or 0) .. ' ' .. (ended or 0))
                                         end,
                                         """)) {
            for (int i = 0; i < calls; i++) {
                script.disconnect(script.tcpClient(), "server_closed", SESSION);
            }

            Decision all = new Decision.InitDb(ByteString.of(Farewells.MAX_RUNNING + " " + calls));
            await().untilAsserted(() -> assertThat(script.initDb(script.tcpClient(), "x")).isEqualTo(all));
        }
    }

    @Test
    void tooManyAreLeftOut() throws Exception {
        int some = 10;
        try (RunningScript script = load("""
                                         on_disconnect = function(client)
                                             waiting = waiting or {}
                                             waiting[#waiting + 1] = coroutine.running()
                                             coroutine.yield()
                                         end,
                                         on_init_db = function(client)
                                             while #waiting > 0 do coroutine.resume(table.remove(waiting)) end
                                             return client:init_db('x')
                                         end,
                                         """)) {
            for (int i = 0; i < Farewells.MAX_RUNNING + Farewells.MAX_WAITING + some; i++) {
                script.disconnect(script.tcpClient(), "server_closed", SESSION);
            }

            await().untilAsserted(() -> assertThat(
                    script.host.meters().get("myproxy.lua.disconnects.dropped").counter().count()).isEqualTo(some));
            assertThat(script.host.errors).contains("on_disconnect: 1 calls left out, because 256 wait and 16384 more"
                    + " are to come");
            // each look lets the next ones begin
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                script.initDb(script.tcpClient(), "x");
                return script.host.meters().get("myproxy.lua.disconnects.pending").gauge().value() == 0;
            });
        }
    }

    @Test
    void stoppingWaitsForThem() throws Exception {
        RunningScript script = load("on_disconnect = function() sleep(0.2) print('accounted') end");
        script.disconnect(script.tcpClient(), "shutdown", SESSION);

        script.close();

        assertThat(script.host.printedTexts()).containsExactly("accounted");
        assertThat(script.host.errors).isEmpty();
    }

    @Test
    void stoppingDoesNotWaitForEver() throws Exception {
        RunningScript script = RunningScript.loadWithFarewells(engine,
                write("on_disconnect = function() sleep(1e6) end"), Duration.ofMillis(50));
        script.disconnect(script.tcpClient(), "shutdown", SESSION);
        script.disconnect(script.tcpClient(), "shutdown", SESSION);

        script.close();

        assertThat(script.host.errors)
                .containsExactly("on_disconnect: stopping although 2 calls have not ended");
    }
}
