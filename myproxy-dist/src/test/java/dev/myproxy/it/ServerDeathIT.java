package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server goes away, phase by phase: the client is told so in a way it can read, or sees what it would see directly. */
class ServerDeathIT {

    /** How a server ends. */
    enum End {
        CLOSE {
            @Override
            void of(ServerConnection server) throws IOException {
                server.close();
            }
        },
        RESET {
            @Override
            void of(ServerConnection server) throws IOException {
                server.reset();
            }
        };

        abstract void of(ServerConnection server) throws IOException;
    }

    private static final Err AT_LOGIN = new Err(1043, "08S01", "Server closed the connection");
    private static final Err IN_COMMAND = new Err(1047, "08S01", "Server closed the connection");

    private final SharedProxy proxy = SharedProxy.standard();

    @AfterAll
    static void nothingIsLost() throws IOException, InterruptedException {
        SharedProxy.standard().assertHealthy();
    }

    @Test
    void atEachByteOfItsGreeting() throws IOException {
        byte[] greeting = new PayloadWriter().u24(Greeting.mysql(new byte[20]).write().length).u8(0)
                .bytes(Greeting.mysql(ServerConnection.randomSalt()).write()).toByteArray();
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0),
                c -> c.raw(Arrays.copyOf(greeting, c.index())))) {
            for (int i = 0; i < greeting.length; i++) {
                loginFails(server);
            }
            assertThat(server.connections()).hasSize(greeting.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void beforeItsGreeting(End end) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), end::of)) {
            loginFailsSomehow(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenItHasReadTheLogin(End end) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.readLogin();
            end.of(c);
        })) {
            loginFailsSomehow(server);
        }
    }

    @Test
    void betweenAuthenticationRounds() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.readLogin();
            c.authSwitch("mysql_native_password", new PayloadWriter().bytes(c.greeting().salt()).u8(0).toByteArray());
            c.read();
        })) {
            loginFails(server);
        }
    }

    @Test
    void inTheMiddleOfItsOk() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.readLogin();
            c.raw(new PayloadWriter().u24(7).u8(2).zeros(3).toByteArray());
        })) {
            loginFails(server);
        }
    }

    private void loginFails(FakeServer server) throws IOException {
        assertThat(loginFailsSomehow(server)).isEqualTo(AT_LOGIN);
    }

    private Err loginFailsSomehow(FakeServer server) throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("joe", server.address()), "secret"));
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err().code()).isEqualTo(1043);
            assertThat(packet.err().sqlState()).isEqualTo("08S01");
            client.expectEnd();
            return packet.err();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileIdle(End end) throws IOException {
        try (FakeServer server = serverThat(c -> end.of(c));
                RawClient client = proxy.loggedIn("main",
                        server.address())) {
            client.ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            client.expectEnd();
        }
    }

    @Test
    void whileIdleWithAnErr() throws IOException {
        try (FakeServer server = serverThat(c -> c.send(0, new PayloadWriter().u8(0xff).u16(4031).text(
                "#HY000The client was disconnected by the server because of inactivity.").toByteArray()));
                RawClient client = proxy.loggedIn("main", server.address())) {
            client.ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err().code()).isEqualTo(4031);
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenItHasReadACommand(End end) throws IOException {
        try (FakeServer server = serverThat(c -> {
            c.read();
            end.of(c);
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            client.ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            Packet packet = client.run(Command.PING).last();
            assertThat(packet.err().code()).isEqualTo(1047);
            assertThat(packet.err().sqlState()).isEqualTo("08S01");
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void betweenPacketsOfAResult(boolean deprecateEof) throws IOException {
        List<FakeServer.Script> parts = List.of(c -> c.send((byte) 2), c -> c.send(ServerConnection.definition("a")),
                c -> c.send(ServerConnection.definition("b")), c -> {
                    if ((c.flags() & Flags.DEPRECATE_EOF) == 0) {
                        c.eof(Flags.AUTOCOMMIT);
                    }
                }, c -> c.row(List.of("1", "2")), c -> {
                    for (int i = 0; i < 300; i++) {
                        c.row(List.of("x", ""));
                    }
                }, c -> c.eof(Flags.MORE_RESULTS), c -> c.ok(Flags.MORE_RESULTS));
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            for (FakeServer.Script part : parts.subList(0, c.index())) {
                part.play(c);
            }
        })) {
            for (int i = 0; i <= parts.size(); i++) {
                try (RawClient client = proxy.connect()) {
                    Login login = Login.clear(account("joe", server.address()), "");
                    client.login(deprecateEof ? login : login.without(Flags.DEPRECATE_EOF));
                    client.send(Command.QUERY.payload("x"));
                    assertThat(readToErr(client)).as("after %s parts", i).isEqualTo(IN_COMMAND);
                    client.expectEnd();
                }
            }
        }
    }

    /** Reads packets, whatever they are, up to an ERR; their sequence ids must count up. */
    private static Err readToErr(RawClient client) throws IOException {
        int sequence = 1;
        while (true) {
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(sequence);
            if (packet.isErr()) {
                return packet.err();
            }
            sequence = sequence + 1 & 0xff;
        }
    }

    @Test
    void inTheMiddleOfAPacket() throws IOException {
        try (FakeServer server = serverThat(c -> {
            c.read();
            c.send((byte) 1);
            c.raw(new PayloadWriter().u24(100).u8(2).zeros(60).toByteArray());
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            client.ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            client.send(Command.QUERY.payload("x"));
            assertThat(client.stream().read().payload()).containsExactly(1);
            // Nothing can be said any more without breaking the row.
            assertThatThrownBy(() -> client.stream().read()).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void inTheMiddleOfAPreparation(int definitions) throws IOException {
        try (FakeServer server = serverThat(c -> {
            c.read();
            c.send(new PayloadWriter().u8(0).u32(1).u16(2).u16(3).u8(0).u16(0).toByteArray());
            for (int i = 0; i < definitions; i++) {
                c.send(ServerConnection.definition("d"));
            }
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            client.ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            client.send(Command.STMT_PREPARE.payload("x"));
            assertThat(readToErr(client)).isEqualTo(IN_COMMAND);
            client.expectEnd();
        }
    }

    @Test
    void inTheMiddleOfAnUpload() throws IOException {
        try (FakeServer server = serverThat(c -> {
            c.read();
            c.send(new PayloadWriter().u8(0xfb).text("file").toByteArray());
            c.read();
        }); RawClient client = proxy.connect()) {
            client.login(Login.clear(account("joe", server.address()), "").with(Flags.LOCAL_FILES)).ping();
            client.send(Command.STMT_CLOSE.payload(new byte[4]));
            assertThat(client.query("LOAD DATA").wantsFile()).isTrue();
            client.stream().write(2, new byte[1000]);
            Packet packet = client.stream().read();
            assertThat(packet.err()).isEqualTo(IN_COMMAND);
            assertThat(packet.sequence()).isEqualTo(3);
        }
    }

    @Test
    void aRealServerIsKilledInAQuery() throws IOException, InterruptedException {
        try (EmbeddedMariaDb db = EmbeddedMariaDb.start();
                RawClient idle = proxy.loggedIn("main", db.socket());
                RawClient busy = proxy.loggedIn("main", db.socket())) {
            idle.ping();
            busy.send(Command.QUERY.payload("SELECT SLEEP(100)"));
            org.awaitility.Awaitility.await().until(() -> db
                    .value("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'")
                    .equals("1"));
            db.kill();
            Reply reply = busy.reply(Command.QUERY);
            assertThat(reply.err().code()).isEqualTo(1047);
            assertThat(reply.err().sqlState()).isEqualTo("08S01");
            busy.expectEnd();
            idle.expectEnd();
            db.restart();
            try (RawClient again = proxy.loggedIn("main", db.socket())) {
                assertThat(again.query("SELECT 1").value()).isEqualTo("1");
            }
        }
    }

    /** A server that lets everybody in, answers one ping, and does as told at the statement close that comes next. */
    private static FakeServer serverThat(FakeServer.Script then) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.expect(Command.PING.payload());
            c.ok();
            c.read();
            then.play(c);
        });
    }
}
