package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.ServerLink;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What handlers get and what their results mean, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaHandlersTest {

    private static final String LOGIN = "on_handshake_response = function(client) return client:err('no') end";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaHandlersTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, source));
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            return                              | proceed
                                            return nil                          | proceed
                                            return client:query(sql .. ' x')    | SELECT 1 x
                                            return client:query('')             | ''
                                            return client:query('a\\0b')        | a\0b
                                            return client:query(7)              | 7
                                            return client:err('x')              | x
                                            return client:init_db('x')          | Bad return value
                                            return client:connect('/x', {})     | Bad return value
                                            return sql                          | Bad return value
                                            error('boom')                       | config.lua:1: boom
                                            sleep(0.001) return client:err('x') | x
                                            """)
    void onQueryMayRefuseOrRewrite(String code, String expected) throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN + ", on_query = function(client, sql) "
                + code + " end})")) {
            check(script, new ScriptEvent.Query(script.tcpClient(), ByteString.of("SELECT 1")), expected,
                    new Decision.Query(ByteString.of(expected.replace("\\0", "\0"))));
        }
    }

    @Test
    void decisionsAreCounted() throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN + ", on_query = function(client, sql)"
                + " if sql == 'pass' then return end if sql == 'fail' then error('x') end return client[sql](client, 'x')"
                + " end})")) {
            for (String sql : new String[]{"pass", "err", "err", "query", "fail"}) {
                script.decide(new ScriptEvent.Query(script.tcpClient(), ByteString.of(sql)));
            }
            script.login(script.tcpClient(), "joe", "secret");

            assertThat(script.host.meters().get("myproxy.lua.decisions").counters())
                    .extracting(counter -> counter.getId().getTag("handler") + " " + counter.getId().getTag("decision")
                            + " " + counter.count())
                    .containsExactlyInAnyOrder("on_query pass 1.0", "on_query err 2.0", "on_query query 1.0",
                            "on_query failed 1.0", "on_handshake_response err 1.0");
        }
    }

    @Test
    void onQueryGetsTheBytesAsTheyAre() throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN
                + ", on_query = function(client, ...) return client:query(select('#', ...) .. ...) end})")) {
            assertThat(script.decide(new ScriptEvent.Query(script.tcpClient(), bytes("\0\u00ff\u00e4"))))
                    .isEqualTo(new Decision.Query(bytes("1\0\u00ff\u00e4")));
        }
    }

    @ParameterizedTest
    @CsvSource({"1227, 1227, 42000", "'1227, \"HY000\"', 1227, HY000", "'65534, \"ZZ999\"', 65534, ZZ999",
            "4711, 4711, HY000", "'\"1045\"', 1045, 28000"})
    void errMayNameTheError(String arguments, int code, String sqlState) throws Exception {
        try (RunningScript script = load("mysql_listen('@x', {" + LOGIN
                + ", on_query = function(client) return client:err('x', " + arguments + ") end})")) {
            assertThat(script.decide(new ScriptEvent.Query(script.tcpClient(), ByteString.of("q")))).isEqualTo(
                    new Decision.Refuse(ByteString.of("x"), Optional.of(new ErrorCode(code, sqlState))));
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
            case Decision.Refuse(ByteString message, var _) -> assertThat(message).isEqualTo(ByteString.of(expected));
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
                        password_sha1 = ('\\200'):rep(20), database = 'd'}, {read_only = true, allow_cleartext = true,
                        connect_timeout = 2.5, proxy_protocol = 2})
                end})
                """)) {
            ScriptClient client = script.tcpClient();

            Decision.Connect connect = (Decision.Connect) script.login(client, "joe", "pw");

            byte[] sha1 = new byte[20];
            java.util.Arrays.fill(sha1, (byte) 200);
            assertThat(connect.credentials()).isEqualTo(new Credentials(bytes("u\u00ff"),
                    Secret.wrap("pw\0\u00ff".getBytes(StandardCharsets.ISO_8859_1)),
                    Optional.of(Secret.wrap(sha1)), bytes("d")));
            assertThat(connect.options().readOnly()).isTrue();
            assertThat(connect.options().allowCleartext()).isTrue();
            assertThat(connect.options().connectTimeout()).contains(Duration.ofMillis(2500));
            assertThat(connect.link().proxyProtocol()).contains(HeaderVersion.V2);
            assertThat(connect.upstream().candidates(bytes("acc"), false).result().next().orElseThrow())
                    .hasToString("127.0.0.1:3306");
            assertThat(client.account()).contains(bytes("acc"));
        }
    }

    @Test
    void throughABalancerTheClientIsWhoTheBalancerSays() throws Exception {
        try (RunningScript script = load(
                """
                mysql_listen('@x', {on_handshake_response = function(client, login)
                    return client:err(('%s via %s at %s pid %s uid %s gid %s in %s'):format(client.address,
                        client.proxy_address, client.local_address, client.pid, client.uid, client.gid, client.cgroup))
                end}, {proxy_protocol = {trusted = {'unix'}}})
                """)) {
            ScriptClient itself = script.unixClient(0);
            ScriptClient other = script.unixClient(0);
            other.comesThroughProxy(Address.inet(InetAddress.ofLiteral("203.0.113.9"), 77),
                    Address.inet(InetAddress.ofLiteral("198.51.100.7"), 3306));

            assertThat(((Decision.Refuse) script.login(itself, "u", "")).message().utf8())
                    .startsWith("? via nil at @x pid 4711 uid 1000 gid 4294967294 in ").doesNotEndWith("nil");
            assertThat(script.login(other, "u", ""))
                    .isEqualTo(refuse("203.0.113.9:77 via ? at 198.51.100.7:3306 pid nil uid nil gid nil in nil"));
            assertThat(other.name()).isEqualTo("203.0.113.9:77");
        }
    }

    @Test
    void everyHandlerSeesTheDefaultDatabase() throws Exception {
        try (RunningScript script = load("""
                                         local function show(client) return client:err(tostring(client.database)) end
                                         mysql_listen('@x', {on_connect = show, on_handshake_response = show,
                                             on_init_db = show, on_query = show})
                                         """)) {
            ScriptClient client = script.tcpClient();
            assertThat(script.decide(new ScriptEvent.Connect(client))).isEqualTo(refuse("nil"));

            client.setDatabase(Optional.of(bytes("sh\u00ffp")));

            assertThat(script.decide(new ScriptEvent.HandshakeResponse(client, ByteString.of("u"), Secret.empty(),
                    Optional.empty()))).isEqualTo(new Decision.Refuse(bytes("sh\u00ffp")));
            assertThat(script.decide(new ScriptEvent.InitDb(client, ByteString.of("new"))))
                    .isEqualTo(new Decision.Refuse(bytes("sh\u00ffp")));
            assertThat(script.decide(new ScriptEvent.Query(client, ByteString.of("SELECT 1"))))
                    .isEqualTo(new Decision.Refuse(bytes("sh\u00ffp")));
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
            assertThat(second.options().readOnly()).isFalse();
            assertThat(second.options().allowCleartext()).isFalse();
            assertThat(second.options().connectTimeout()).isEmpty();
            assertThat(second.link()).isEqualTo(ServerLink.PLAIN);
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

    /** Such as a balancer's check, which has left before the handler looks at it. */
    @Test
    void aClientThatLeavesWhileItsHandlerRunsIsNoError() throws Exception {
        try (RunningScript script = load(
                """
                mysql_listen('@x', {on_handshake_response = print, on_connect = function(client)
                    print('runs')
                    while client.address do end
                end})
                """)) {
            ScriptClient client = script.tcpClient();
            Future<Decision> decision = script.ask(new ScriptEvent.Connect(client));
            await().until(() -> script.host.printedTexts().contains("runs"));
            client.markStale();

            assertThat(decision.await()).isInstanceOf(Decision.Failed.class);
            assertThat(script.host.meters().get("myproxy.lua.errors").tag("handler", "on_connect").counter().count())
                    .isZero();
        }
    }

    @Test
    void aHandlerThatComputesTooLongFails() throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory,
                """
                mysql_listen('@x', {
                    on_connect = function(client) while true do pcall(error) end end,
                    on_handshake_response = function(client) return client:err('alive') end,
                })
                """), Duration.ofMillis(500))) {
            assertThat(script.connect(script.tcpClient())).isInstanceOfSatisfying(Decision.Failed.class,
                    failed -> assertThat(failed.message()).contains("config.lua:2: ").contains("callback ran for"));
            assertThat(script.login(script.tcpClient(), "u", "p")).isEqualTo(refuse("alive"));
        }
    }

    @Test
    void errorTextsAreOneLine() throws Exception {
        try (RunningScript script = load(
                "mysql_listen('@x', {on_connect = function() error(' a\\n\\t b\\27[1m', 0) end, "
                        + LOGIN + "})")) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Failed("a b\\x1b[1m"));
        }
    }
}
