package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Events in, decisions out, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaVerticleTest {

    private static final String LOGIN = "on_handshake_response = function(client) return client:err('no') end";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaVerticleTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, source));
    }

    private String failure(String source) {
        return RunningScript.failure(engine, RunningScript.write(directory, source));
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
    }

    @Test
    void configurationErrorsNameFileAndLine() {
        Path file = directory.resolve("config.lua");

        assertThat(failure("\n\nx = = 1")).startsWith(file + ":3: ");
        assertThat(failure("\nerror('boom')")).isEqualTo(file + ":2: boom");
        assertThat(failure("mysql_listen('/x')")).isEqualTo(file + ":1: Invalid parameter count");
        assertThat(failure("error({})")).isEqualTo("table");
        assertThat(failure("mysql_listen('/nonexistent/x', {" + LOGIN + "})"))
                .isEqualTo(file + ":1: Failed to bind to /nonexistent/x: No such file or directory");
        assertThat(failure("#!/usr/bin/myproxy\nlocal function f()\nmysql_resolve('_')\nend\nf()"))
                .isEqualTo(file + ":3: Failed to extract host name");
        assertThat(failure("coroutine.wrap(function() error('inside') end)()")).contains(file + ":1: inside");
        assertThat(failure("local function f() return 1 + f() end f()")).contains("stack overflow");
    }

    @Test
    void filesThatCantBeReadAreNamed() {
        Path missing = directory.resolve("missing.lua");

        assertThat(RunningScript.failure(engine, missing))
                .isEqualTo("cannot open " + missing + ": No such file or directory");
        assertThat(RunningScript.failure(engine, directory)).isEqualTo("cannot read " + directory + ": Is a directory");
    }

    @Test
    void listenersKnowWhichHandlersThereAre() throws Exception {
        try (RunningScript script = load(
                """
                local function f() end
                mysql_listen('/run/a', {on_handshake_response = f})
                mysql_listen('@b', {on_handshake_response = f, on_connect = f, on_command_phase = f, on_init_db = f,
                    on_query = f, on_disconnect = f})
                """)) {
            assertThat(script.host.listeners).extracting(FakeHost.Listener::address)
                    .containsExactly(new Address.UnixPath("/run/a"), new Address.Abstract("b"));
            assertThat(script.host.listeners.get(0).handlers())
                    .extracting(Handlers::defined).isEqualTo(Set.of(Handler.HANDSHAKE_RESPONSE));
            assertThat(script.host.listeners.get(1).handlers())
                    .extracting(Handlers::defined).isEqualTo(Set.of(Handler.values()));
        }
    }

    private static ByteString bytes(String latin1) {
        return ByteString.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aClientThatLeavesCancelsItsHandler() throws Exception {
        try (RunningScript script = load(
                """
                mysql_listen('@x', {
                    on_connect = function(client) pcall(sleep, 0.3) print('ran on') end,
                    on_handshake_response = function(client) print('other') return client:err('x') end,
                })
                """)) {
            ScriptClient client = script.tcpClient();
            Future<Decision> decision = script.ask(new ScriptEvent.Connect(client));

            script.gone(client);

            assertThatThrownBy(() -> RunningScript.await(decision)).hasMessage("client is gone");
            ScriptClient later = script.tcpClient();
            assertThatThrownBy(() -> script.connect(client)).hasMessage("client is gone");
            await().pollDelay(Duration.ofMillis(400)).untilAsserted(() -> script.login(later, "u", "p"));
            assertThat(script.host.printedTexts()).containsExactly("other");
        }
    }

    @Test
    void aHandlerThatYieldedIsResumedByAnother() throws Exception {
        try (RunningScript script = load("""
                                         mysql_listen('@x', {
                                             on_connect = function(client)
                                                 co = coroutine.running()
                                                 local word = coroutine.yield()
                                                 return client:err(word)
                                             end,
                                             on_handshake_response = function(client)
                                                 local ok, action = coroutine.resume(co, 'from the other')
                                                 assert(ok)
                                                 return action
                                             end,
                                         })
                                         """)) {
            Future<Decision> first = script.ask(new ScriptEvent.Connect(script.tcpClient()));

            Decision second = script.login(script.tcpClient(), "u", "p");

            assertThat(second).isEqualTo(refuse("from the other"));
            assertThat(RunningScript.await(first)).isEqualTo(refuse("from the other"));
        }
    }

    @Test
    void aHundredHandlersSleepAtOnceInNestedCoroutines() throws Exception {
        try (RunningScript script = load("""
                                         mysql_listen('@x', {on_handshake_response = function(client, login)
                                             local function nested(depth)
                                                 if depth == 0 then
                                                     sleep(0.1)
                                                     return login.user
                                                 end
                                                 return coroutine.wrap(function() return nested(depth - 1) end)()
                                             end
                                             return client:err(nested(4))
                                         end})
                                         """)) {
            long begin = System.nanoTime();
            List<Future<Decision>> decisions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                decisions.add(script.ask(new ScriptEvent.HandshakeResponse(script.tcpClient(), ByteString.of("u" + i),
                        Secret.empty(), Optional.empty())));
            }

            for (int i = 0; i < 100; i++) {
                assertThat(RunningScript.await(decisions.get(i))).isEqualTo(refuse("u" + i));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void printGoesToTheDaemon() throws Exception {
        try (RunningScript script = load(
                """
                print() print('a', 1, nil, true, 1.5) print(setmetatable({}, {__tostring = function() return 'mine' end}))
                print('\\255\\0x')
                mysql_listen('@x', {on_handshake_response = print})
                """)) {
            assertThat(script.host.printed).startsWith(ByteString.of(""), ByteString.of("a\t1\tnil\ttrue\t1.5"),
                    ByteString.of("mine"), bytes("\u00ff\0x"));
        }
    }

    @ParameterizedTest
    @CsvSource({"os.exit(),0", "os.exit(3),3", "os.exit(true),0", "os.exit(false),1", "os.exit(256 + 7),7",
            "while true do pcall(os.exit; 5) end,5"})
    void exitIsTheDaemonsBusiness(String code, int expected) {
        FakeHost host = new FakeHost();
        Path file = RunningScript.write(directory, code.replace(';', ',') + " print('ran on')");

        assertThat(RunningScript.failure(engine, file, host)).endsWith("the script was stopped");

        assertThat(host.exits).first().isEqualTo(expected);
        assertThat(host.printed).isEmpty();
    }

    @Test
    void exitInAHandlerStopsTheScript() throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {on_connect = function() os.exit(4) print('on') end, "
                + LOGIN + "})")) {
            assertThat(script.connect(script.tcpClient()))
                    .isInstanceOfSatisfying(Decision.Failed.class,
                            failed -> assertThat(failed.message()).endsWith("the script was stopped"));
            assertThat(script.connect(script.tcpClient())).isInstanceOf(Decision.Failed.class);

            assertThat(script.host.exits).containsExactly(4);
            assertThat(script.host.printed).isEmpty();
        }
    }

    @Test
    void functionsWhoseTurnComesAfterTheEndAreNotCalled() throws Exception {
        RunningScript script = load("""
                                    function reload() print('reload') end
                                    mysql_listen('@x', {on_connect = function(client)
                                        local begin = os.clock()
                                        while os.clock() - begin < 0.2 do end
                                    end, %s})
                                    """.formatted(LOGIN));
        try (script) {
            // while a handler computes, a reload and the end begin to wait; the reload then asks for another turn
            script.ask(new ScriptEvent.Connect(script.tcpClient()));
            script.reload();
        }
        assertThat(script.unhandled).isEmpty();
    }

    @Test
    void reloadIsLookedUpAndCollapsed() throws Exception {
        try (RunningScript script = load("""
                                         local runs = 0
                                         function reload(...)
                                             runs = runs + 1
                                             print('run', runs, select('#', ...))
                                             sleep(0.1)
                                             if runs == 1 then error('first failed') end
                                             if runs == 2 then reload = nil end
                                             return 'ignored'
                                         end
                                         mysql_listen('@x', {%s})
                                         """.formatted(LOGIN))) {
            for (int i = 0; i < 5; i++) {
                script.reload();
            }

            await().untilAsserted(() -> assertThat(script.host.printed).hasSize(2));
            await().untilAsserted(() -> assertThat(script.host.errors).hasSize(1));
            String file = directory + "/config.lua";
            assertThat(script.host.errors.getFirst()).isEqualTo("Lua error in reload: " + file
                    + ":6: first failed\n\t" + file + ":6: in function 'reload'");
            assertThat(script.host.printedTexts()).containsExactly("run\t1\t0", "run\t2\t0");
        }
    }

    @Test
    void reloadThatIsNoFunctionIsReported() throws Exception {
        try (RunningScript script = load("reload = 5 mysql_listen('@x', {" + LOGIN + "})")) {
            script.reload();

            await().untilAsserted(
                    () -> assertThat(script.host.errors)
                            .containsExactly("Lua error in reload: attempt to call a number value"));
        }
    }

    @Test
    void reloadMayBeCallable() throws Exception {
        try (RunningScript script = load("reload = setmetatable({}, {__call = function() error('called', 0) end}) "
                + "mysql_listen('@x', {" + LOGIN + "})")) {
            script.reload();

            await().untilAsserted(() -> assertThat(script.host.errors).singleElement().asString()
                    .startsWith("Lua error in reload: called\n\t" + directory + "/config.lua:1: in function "));
        }
    }

    @Test
    void withoutReloadNothingHappens() throws Exception {
        try (RunningScript script = load("setmetatable(_G, {__index = function() error('strict') end}) "
                + "mysql_listen('@x', {" + LOGIN + "})")) {
            script.reload();

            assertThat(script.login(script.tcpClient(), "u", "p")).isEqualTo(refuse("no"));
            assertThat(script.host.errors).isEmpty();
        }
    }

    @Test
    void closingEndsWhatStillWaits() throws Exception {
        Path file = RunningScript.write(directory, "mysql_listen('@x', {on_connect = function() sleep(1000) end, "
                + LOGIN + "})");
        assertThat(Files.exists(file)).isTrue();
        RunningScript script = RunningScript.load(engine, file);
        Future<Decision> decision = script.ask(new ScriptEvent.Connect(script.tcpClient()));

        script.close();

        assertThat(decision.succeeded()).isFalse();
    }
}
