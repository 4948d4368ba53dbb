package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                .isEqualTo("Failed to bind to /nonexistent/x: No such file or directory");
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
                mysql_listen('@b', {on_handshake_response = f, on_connect = f, on_command_phase = f, on_init_db = f})
                """)) {
            assertThat(script.host.listeners).extracting(FakeHost.Listener::address)
                    .containsExactly(new Address.UnixPath("/run/a"), new Address.Abstract("b"));
            assertThat(script.host.listeners.get(0).handlers())
                    .matches(h -> !h.connect() && !h.commandPhase() && !h.initDb());
            assertThat(script.host.listeners.get(1).handlers())
                    .matches(h -> h.connect() && h.commandPhase() && h.initDb());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            return                              | proceed
                                            return nil                          | proceed
                                            return nil, nil                     | proceed
                                            return client:err('x'), nil         | proceed
                                            return nil, client:err('x')         | x
                                            return client:err('a\\0b')          | a
                                            return client:err(7)                | 7
                                            return true                         | Bad return value
                                            return 'x'                          | Bad return value
                                            return client                       | Bad return value
                                            return client:init_db('x')          | Bad return value
                                            return client:connect('/x', {})     | Bad return value
                                            error('boom')                       | config.lua:1: boom
                                            error({})                           | table
                                            sleep(0.001) return client:err('x') | x
                                            coroutine.yield(1) return           | never
                                            """)
    void onConnectMayRefuse(String code, String expected) throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN + ", on_connect = function(client) " + code
                + " end})")) {
            check(script, new ScriptEvent.Connect(script.tcpClient()), expected, new Decision.Proceed());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            return                              | Bad return value
                                            return nil                          | Bad return value
                                            return client:err('x'), nil         | Bad return value
                                            return 1, client:err('x')           | x
                                            return client:init_db('x')          | Bad return value
                                            error('boom')                       | config.lua:1: boom
                                            return nothing.at_all               | attempt to index global 'nothing' (a nil value)
                                            """)
    void onHandshakeResponseMustDecide(String code, String expected) throws Exception {
        try (RunningScript script = load(
                "mysql_listen('@x', {on_handshake_response = function(client) " + code + " end})")) {
            check(script, new ScriptEvent.HandshakeResponse(script.tcpClient(), ByteString.of("u"), Secret.empty(),
                    Optional.empty()), expected, new Decision.Proceed());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            return                              | proceed
                                            return client:err('x'), nil         | proceed
                                            return client:err('x')              | Bad return value
                                            return false                        | Bad return value
                                            error('boom')                       | config.lua:1: boom
                                            sleep(0.001) return                 | proceed
                                            """)
    void onCommandPhaseOnlyLooks(String code, String expected) throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN
                + ", on_command_phase = function(client) " + code + " end})")) {
            check(script, new ScriptEvent.CommandPhase(script.tcpClient()), expected, new Decision.Proceed());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            return client:init_db(db .. '_x')   | shop_x
                                            return client:init_db('a\\0b')      | a
                                            return client:err('x')              | x
                                            return                              | Bad return value
                                            return client:connect('/x', {})     | Bad return value
                                            error('boom')                       | config.lua:1: boom
                                            """)
    void onInitDbMustDecide(String code, String expected) throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN + ", on_init_db = function(client, db) "
                + code + " end})")) {
            check(script, new ScriptEvent.InitDb(script.tcpClient(), ByteString.of("shop")), expected,
                    new Decision.InitDb(ByteString.of(expected)));
        }
    }

    private static void check(RunningScript script, ScriptEvent event, String expected, Decision otherwise)
            throws Exception {
        if (expected.equals("never")) {
            Future<Decision> decision = script.ask(event);
            script.connect(script.strayClient());
            assertThat(decision.isComplete()).isFalse();
            return;
        }
        Decision decision = script.decide(event);
        switch (decision) {
            case Decision.Failed(String message) -> assertThat(message).endsWith(expected);
            case Decision.Refuse(ByteString message) -> assertThat(message).isEqualTo(ByteString.of(expected));
            case Decision.Proceed _ -> assertThat(expected).isEqualTo("proceed");
            default -> assertThat(decision).isEqualTo(otherwise);
        }
    }

    @Test
    void loginsAreHandedOver() throws Exception {
        try (RunningScript script = load("""
                                         mysql_listen('@x', {on_handshake_response = function(client, login)
                                             local keys = {}
                                             for key, value in pairs(login) do keys[#keys + 1] = key .. '=' .. value end
                                             table.sort(keys)
                                             return client:err(table.concat(keys, ' '))
                                         end})
                                         """)) {
            assertThat(script.login(script.tcpClient(), "joe", "p\u00e4ss")).isEqualTo(
                    refuse("database=shop password=p\u00e4ss user=joe"));
            assertThat(script.decide(new ScriptEvent.HandshakeResponse(script.tcpClient(), ByteString.of("u"),
                    Secret.empty(), Optional.of(ByteString.EMPTY)))).isEqualTo(refuse("password= user=u"));
        }
    }

    @Test
    void connectCarriesWhatTheScriptSaid() throws Exception {
        try (RunningScript script = load(
                """
                mysql_listen('@x', {on_handshake_response = function(client, login)
                    client.account = 'acc'
                    return client:connect('127.0.0.1', {user = 'u\\255', password = login.password .. '\\0\\255',
                        password_sha1 = ('\\200'):rep(20), database = 'd'}, {read_only = true, allow_cleartext = true})
                end})
                """)) {
            ScriptClient client = script.tcpClient();

            Decision.Connect connect = (Decision.Connect) script.login(client, "joe", "pw");

            byte[] sha1 = new byte[20];
            java.util.Arrays.fill(sha1, (byte) 200);
            assertThat(connect.credentials()).isEqualTo(new Credentials(bytes("u\u00ff"),
                    Secret.wrap("pw\0\u00ff".getBytes(StandardCharsets.ISO_8859_1)),
                    Optional.of(Secret.wrap(sha1)), bytes("d")));
            assertThat(connect.readOnly()).isTrue();
            assertThat(connect.allowCleartext()).isTrue();
            assertThat(connect.upstream().choose(bytes("acc"), false).result()).hasToString("127.0.0.1:3306");
            assertThat(client.account()).contains(bytes("acc"));
        }
    }

    private static ByteString bytes(String latin1) {
        return ByteString.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void anActionMayBeReturnedAgain() throws Exception {
        try (RunningScript script = load("""
                                         mysql_listen('@x', {on_handshake_response = function(client, login)
                                             action = action or client:connect(mysql_resolve('/x'), login)
                                             return action
                                         end})
                                         """)) {
            Decision.Connect first = (Decision.Connect) script.login(script.tcpClient(), "joe", "pw");
            first.credentials().clear();

            Decision.Connect second = (Decision.Connect) script.login(script.tcpClient(), "other", "other");

            assertThat(second.credentials()).isEqualTo(new Credentials(ByteString.of("joe"),
                    Secret.wrap(new byte[]{'p', 'w'}), Optional.empty(), ByteString.of("shop")));
            assertThat(second.readOnly()).isFalse();
            assertThat(second.allowCleartext()).isFalse();
        }
    }

    @Test
    void oneClientIsOneObjectUntilItIsGone() throws Exception {
        try (RunningScript script = load(
                """
                local seen = {}
                mysql_listen('@x', {
                    on_connect = function(client) seen[client] = 'here' client.notes.n = 1 last = client end,
                    on_handshake_response = function(client)
                        return client:err(seen[client] .. client.notes.n)
                    end,
                    on_init_db = function(client)
                        local _, read = pcall(function() return last.account end)
                        local _, written = pcall(function() last.account = 'x' end)
                        local _, method = pcall(function() return last:err('x') end)
                        return client:err(read:match('[^ ]* (.*)') .. ',' .. written:match('[^ ]* (.*)') .. ','
                            .. method:match('[^ ]* (.*)'))
                    end,
                })
                """)) {
            ScriptClient client = script.tcpClient();
            script.connect(client);
            assertThat(script.login(client, "u", "p")).isEqualTo(refuse("here1"));

            script.gone(client);

            assertThat(script.initDb(script.tcpClient(), "db"))
                    .isEqualTo(refuse("Stale object,Stale object,Stale object"));
        }
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
    void aHandlerThatComputesTooLongFails() throws Exception {
        try (RunningScript script = load("""
                                         mysql_listen('@x', {
                                             on_connect = function(client) while true do pcall(error) end end,
                                             on_handshake_response = function(client) return client:err('alive') end,
                                         })
                                         """)) {
            assertThat(script.connect(script.tcpClient())).isInstanceOfSatisfying(Decision.Failed.class,
                    failed -> assertThat(failed.message()).contains("config.lua:2: ").contains("callback ran for"));
            assertThat(script.login(script.tcpClient(), "u", "p")).isEqualTo(refuse("alive"));
        }
    }

    @Test
    void errorTextsAreOneLine() throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {on_connect = function() error('a\\nb\\27[1m', 0) end, "
                + LOGIN + "})")) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Failed("a\\x0ab\\x1b[1m"));
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
            assertThat(script.host.errors.getFirst()).endsWith("config.lua:6: first failed");
            assertThat(script.host.printedTexts()).containsExactly("run\t1\t0", "run\t2\t0");
        }
    }

    @Test
    void reloadThatIsNoFunctionIsReported() throws Exception {
        try (RunningScript script = load("reload = 5 mysql_listen('@x', {" + LOGIN + "})")) {
            script.reload();

            await().untilAsserted(() -> assertThat(script.host.errors).hasSize(1));
            assertThat(script.host.errors.getFirst()).contains("attempt to call").contains("a number value");
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
