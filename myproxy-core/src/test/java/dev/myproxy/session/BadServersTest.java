package dev.myproxy.session;

import static dev.myproxy.session.FaultyNetwork.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that break the protocol in the login: the client gets an ERR packet that it can read, and the log says why, once. */
class BadServersTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Greeting MYSQL = Greeting.mysql(ServerConnection.randomSalt());

    static List<Named<FakeServer.Script>> loginsThatFail() {
        List<Named<FakeServer.Script>> all = new ArrayList<>();
        all.add(named("protocol 9", c -> c.greet(MYSQL.withProtocol(9))));
        all.add(named("protocol 11", c -> c.greet(MYSQL.withProtocol(11))));
        all.add(named("a salt of 8 bytes",
                c -> c.greet(MYSQL.withSalt(new byte[8]).without(Flags.PLUGIN_AUTH | Flags.PLUGIN_AUTH_LENENC))));
        all.add(named("an empty greeting", c -> c.send(0, new byte[0])));
        all.add(named("HTTP",
                c -> c.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        all.add(named("a greeting that claims 16 MiB", c -> {
            c.raw((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0, (byte) 10);
            c.stall();
        }));
        all.add(named("an answer that claims 16 MiB", afterLogin(c -> {
            c.raw((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 2, (byte) 0);
            c.stall();
        })));
        all.add(named("an empty answer", afterLogin(ServerConnection::send)));
        all.add(named("a row as answer", afterLogin(c -> c.row(List.of("x")))));
        all.add(named("a request for a file", afterLogin(c -> c.send(new byte[]{(byte) 0xfb, 'f'}))));
        all.add(named("a plugin of its own", afterLogin(c -> c.authSwitch("acme_password", new byte[20]))));
        all.add(named("a plugin without a name", afterLogin(c -> c.authSwitch(""))));
        all.add(named("an authentication of MySQL 3.23", afterLogin(c -> c.send((byte) 0xfe))));
        all.add(named("a name without an end", afterLogin(c -> c.send(new byte[]{(byte) 0xfe, 'm', 'y'}))));
        all.add(named("data that mysql_native_password does not know", afterLogin(c -> c.authMore((byte) 4))));
        all.add(named("an ERR of one byte", afterLogin(c -> c.send((byte) 0xff))));
        all.add(named("an ERR of three bytes in the greeting's place", c -> c.send(0, new byte[]{(byte) 0xff, 1})));
        for (int length = 1; length < 7; length++) {
            byte[] part = new byte[length];
            all.add(named("an OK of " + length + " bytes", afterLogin(c -> c.send(part))));
        }
        byte[] greeting = MYSQL.write();
        for (int length = 1; length < 30; length++) {
            byte[] part = Arrays.copyOf(greeting, length);
            all.add(named("a greeting of " + length + " bytes", c -> {
                c.send(0, part);
                c.stall();
            }));
        }
        return all;
    }

    private static FakeServer.Script afterLogin(FakeServer.Script then) {
        return c -> {
            c.greet();
            c.readLogin();
            then.play(c);
            c.stall();
        };
    }

    @ParameterizedTest
    @MethodSource
    void loginsThatFail(FakeServer.Script script) throws Exception {
        try (SessionLines lines = new SessionLines();
                FakeServer server = FakeServer.start(Endpoints.tcp(0), script);
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            Packet answer = client.tryLogin(LOGIN);

            assertThat(answer.sequence()).isEqualTo(2);
            Err err = answer.err();
            assertThat(err.code()).isEqualTo(1043);
            assertThat(err.sqlState()).isEqualTo("08S01");
            assertThat(err.message()).isNotBlank();
            client.expectEnd();
            soon().until(() -> proxy.sessions().count() == 0);
            SessionLines.Ended end = lines.ended().getFirst();
            assertThat(end.failures()).hasSize(1);
            assertThat(end.cause()).isIn("server_malformed", "login_failed");
            soon().until(() -> server.active() == 0);
        }
    }

    static List<Named<FakeServer.Script>> loginsThatWork() {
        return List.of(
                named("no PLUGIN_AUTH", c -> {
                    c.greet(MYSQL.without(Flags.PLUGIN_AUTH | Flags.PLUGIN_AUTH_LENENC));
                    acceptNative(c);
                }),
                named("an unknown plugin in the greeting", c -> {
                    c.greet(MYSQL.withPlugin("acme_password"));
                    acceptNative(c);
                }),
                named("20 switches of the plugin", c -> {
                    c.greet();
                    c.readLogin();
                    for (int i = 0; i < 20; i++) {
                        c.authSwitch("mysql_native_password",
                                new PayloadWriter().bytes(ServerConnection.randomSalt()).u8(0).toByteArray());
                        c.read();
                    }
                    c.ok();
                }),
                named("sequence ids of its own", c -> {
                    c.send(7, c.greeting().write());
                    c.readLogin();
                    c.send(99, new PayloadWriter().u8(0).u8(0).u8(0).u16(2).u16(0).toByteArray());
                }),
                named("an OK and nothing else", c -> {
                    c.greet();
                    c.acceptAll();
                }));
    }

    private static void acceptNative(ServerConnection c) throws IOException {
        Login login = c.readLogin();
        assertThat(ServerAuth.nativePassword(login.auth(), c.greeting().salt(), "secret")).isTrue();
        c.ok();
    }

    /** What the server does with ids of packets in its login is its own affair: the client sees those of ours. */
    @ParameterizedTest
    @MethodSource
    void loginsThatWork(FakeServer.Script script) throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            script.play(c);
            c.serve();
        }); TestProxy proxy = TestProxy.to(server.address()); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.tryLogin(LOGIN)).satisfies(answer -> {
                assertThat(answer.isOk()).as("%s", answer).isTrue();
                assertThat(answer.sequence()).isEqualTo(2);
            });
            assertThat(client.query("SELECT it works").value()).isEqualTo("it works");
        }
    }

    static List<Named<FakeServer.Script>> refusals() {
        return List.of(
                named("before the greeting", c -> c.send(0, err("", 1040))),
                named("after the login", afterLogin(c -> c.send(err("#08004", 1040)))),
                named("after the login, without SQLSTATE", afterLogin(c -> c.send(err("", 1040)))),
                named("after a switch of the plugin", afterLogin(c -> {
                    c.authSwitch("mysql_native_password", new byte[21]);
                    c.read();
                    c.send(err("#08004", 1040));
                })));
    }

    private static byte[] err(String state, int code) {
        return new PayloadWriter().u8(0xff).u16(code).text(state + "Too many connections").toByteArray();
    }

    @ParameterizedTest
    @MethodSource
    void refusals(FakeServer.Script script) throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), script);
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            Packet answer = client.tryLogin(LOGIN);
            assertThat(answer.sequence()).isEqualTo(2);
            assertThat(answer.err()).isEqualTo(new Err(1040, "08004", "Too many connections"));
            client.expectEnd();
        }
    }
}
