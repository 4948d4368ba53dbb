package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What client and server learn of each other while a client logs in. */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class LoginIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy;

    @TempDir
    private Path directory;

    LoginIT(String engine) {
        proxy = SharedProxy.of(engine);
    }

    @BeforeAll
    static void createAccount() throws IOException {
        DB.createAccount("joe", "se cret", "shop");
    }

    @Test
    void succeedsAtEveryKindOfListener() throws IOException {
        for (Address address : List.of(proxy.listener("main"), proxy.tcp(), proxy.abstractSocket())) {
            try (RawClient client = RawClient.connect(address)) {
                client.login(Login.clear(account("joe", DB.socket()), "se cret").withDatabase("shop"));
                assertThat(client.query("SELECT CONCAT(CURRENT_USER(), ' ', DATABASE())").value())
                        .isEqualTo("joe@% shop");
            }
        }
    }

    @Test
    void succeedsOverIpv6() throws IOException {
        assumeTrue(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Inet6Address.class::isInstance), "this machine has no IPv6");
        Address ipv6 = new Address.Inet(new InetSocketAddress(InetAddress.ofLiteral("::1"), proxy.port()));
        try (RawClient client = RawClient.connect(ipv6)) {
            client.login(Login.clear(account("joe", DB.socket()), "se cret")).ping();
        }
    }

    @Test
    void reachesServersOverTcpAndUnixSockets() throws IOException {
        for (Address server : List.of(DB.socket(), DB.tcp())) {
            try (RawClient client = proxy.connect().login(Login.clear(account("joe", server), "se cret"))) {
                client.ping();
            }
        }
    }

    @Test
    void aWrongPasswordGivesTheServersOwnError() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("joe", DB.tcp()), "wrong"));
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err()).isEqualTo(
                    new Err(1045, "28000", "Access denied for user 'joe'@'127.0.0.1' (using password: YES)"));
            client.expectEnd();
        }
    }

    @Test
    void anUnknownDatabaseGivesTheServersOwnError() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("root", DB.tcp()), "").withDatabase("none"));
            assertThat(packet.err()).isEqualTo(new Err(1049, "42000", "Unknown database 'none'"));
            client.expectEnd();
        }
    }

    @Test
    void greetingsAreUniqueAndRandom() throws IOException {
        Set<Long> ids = new HashSet<>();
        Set<String> salts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            try (RawClient client = proxy.connect()) {
                Greeting greeting = client.readGreeting();
                assertThat(greeting.protocol()).isEqualTo(10);
                assertThat(greeting.version()).isEqualTo("5.7.30");
                assertThat(greeting.plugin()).isEqualTo("caching_sha2_password");
                assertThat(greeting.salt()).hasSize(20).doesNotContain(0);
                assertThat(greeting.connectionId()).isBetween(1L << 31, (1L << 32) - 1);
                ids.add(greeting.connectionId());
                salts.add(new String(greeting.salt(), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(ids).hasSize(100);
        assertThat(salts).hasSize(100);
    }

    @Test
    void theServerSeesWhatTheClientAskedFor() throws IOException {
        Map<String, String> attributes = Map.of("_client_name", "raw", "program_name", "login ü");
        Login seen = seenByServer(login -> login.withAttributes(attributes).withCharset(255).withMaxPacket(12_345_678)
                .withDatabase("shop").with(Flags.INTERACTIVE | Flags.IGNORE_SPACE | Flags.FOUND_ROWS));
        assertThat(seen.attributes()).containsAllEntriesOf(attributes);
        assertThat(seen.charset()).isEqualTo(255);
        assertThat(seen.maxPacket()).isEqualTo(12_345_678);
        assertThat(seen.database()).contains("shop");
        assertThat(seen.has(Flags.INTERACTIVE | Flags.IGNORE_SPACE | Flags.FOUND_ROWS | Flags.CONNECT_WITH_DB))
                .isTrue();
        assertThat(seen.has(Flags.DEPRECATE_EOF)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 33, 45, 255, 2304})
    void everyCharsetReachesTheServer(int charset) throws IOException {
        assertThat(seenByServer(login -> login.withCharset(charset)).charset()).isEqualTo(charset);
    }

    @Test
    void theServerIsAskedForNothingThatTheClientDidNotAskFor() throws IOException {
        long few = Flags.PROTOCOL_41 | Flags.SECURE_CONNECTION | Flags.PLUGIN_AUTH;
        Login seen = seenByServer(login -> login.withFlags(few));
        long framing = Flags.DEPRECATE_EOF | Flags.SESSION_TRACK | Flags.MULTI_STATEMENTS | Flags.MULTI_RESULTS
                | Flags.OPTIONAL_RESULTSET_METADATA | Flags.QUERY_ATTRIBUTES | Flags.COMPRESS | Flags.SSL
                | Flags.LOCAL_FILES | Flags.INTERACTIVE | Flags.FOUND_ROWS;
        assertThat(seen.flags() & framing).isZero();
    }

    /** Logs in to a scripted server and returns what it saw. */
    private Login seenByServer(UnaryOperator<Login> change) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("s")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        }); RawClient client = proxy.connect()) {
            client.login(change.apply(Login.clear(account("joe", server.address()), "secret")));
            client.ping();
            return server.connection().login().orElseThrow();
        }
    }

    @Test
    void charsetAndFlagsHaveTheirEffect() throws IOException {
        Login login = Login.clear(account("root", DB.socket()), "").withCharset(45)
                .with(Flags.INTERACTIVE | Flags.IGNORE_SPACE);
        try (RawClient client = proxy.connect().login(login); RawClient root = DB.root()) {
            assertThat(client.variables("collation_connection").values()).containsExactly("utf8mb4_general_ci");
            assertThat(client.query("SELECT @@sql_mode LIKE '%IGNORE_SPACE%'").value()).isEqualTo("1");
            assertThat(client.query("SELECT HEX('😀')").value()).isEqualTo("F09F9880");
            root.query("SET GLOBAL interactive_timeout = 4321").good();
            try (RawClient other = proxy.connect().login(login)) {
                assertThat(other.query("SELECT @@wait_timeout").value()).isEqualTo("4321");
            }
        }
    }

    @Test
    void aHandshakeResponseOfNearly64KibIsTaken() throws IOException {
        Map<String, String> attributes = Map.of("filler", "x".repeat(65_000));
        assertThat(seenByServer(login -> login.withAttributes(attributes)).attributes())
                .containsAllEntriesOf(attributes);
    }

    @Test
    void aLargerHandshakeResponseIsRefusedInWords() throws IOException {
        Login login = Login.clear("joe", "").withAttributes(Map.of("filler", "x".repeat(66_000)));
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(login);
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err().code()).isEqualTo(1043);
            assertThat(packet.err().sqlState()).isEqualTo("08S01");
        }
    }

    @Test
    void aCommandMayFollowTheHandshakeResponseInTheSameSegment() throws IOException {
        Login login = Login.clear(account("root", DB.socket()), "");
        try (RawClient client = proxy.connect()) {
            client.willUse(login);
            client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(1, login.write()))
                    .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT 'early'")))
                    .bytes(PacketStream.frame(0, Command.PING.payload())).toByteArray());
            Packet ok = client.stream().read();
            assertThat(ok.sequence()).isEqualTo(2);
            assertThat(ok.isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("early");
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void bytesMayArriveOneByOne() throws IOException {
        try (RawClient client = RawClient.connect(proxy.tcp()).pieces(1)) {
            client.login(Login.clear(account("root", DB.socket()), ""));
            assertThat(client.query("SELECT 'slow'").value()).isEqualTo("slow");
        }
    }

    @Test
    void aRequestForTlsThatWasNotOfferedIsRefused() throws IOException {
        try (RawClient client = proxy.connect("no-tls")) {
            assertThat(client.readGreeting().has(Flags.SSL)).isFalse();
            client.stream().write(1, new PayloadWriter().u32(Flags.MODERN | Flags.SSL).u32(1 << 24).u8(45).zeros(23)
                    .toByteArray());
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err().sqlState()).isEqualTo("08S01");
            client.expectEnd();
        }
    }

    @Test
    void aClientOfProtocol320IsRefused() throws IOException {
        try (RawClient client = proxy.connect()) {
            client.readGreeting();
            client.stream().write(1,
                    new PayloadWriter().u16(5).u24(0xffff).nulText("joe").text("secret").toByteArray());
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err().sqlState()).hasSize(5);
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 31, 32, 40})
    void aTruncatedHandshakeResponseEndsTheSession(int length) throws IOException {
        try (RawClient client = proxy.connect()) {
            client.readGreeting();
            client.stream().write(1, java.util.Arrays.copyOf(Login.clear("joe joe joe joe joe", "x").write(), length));
            client.stream().readEnd().ifPresent(packet -> assertThat(packet.err().sqlState()).hasSize(5));
        }
    }

    @Test
    void garbageEndsTheSession() throws IOException {
        java.util.Random random = new java.util.Random(42);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[200];
            random.nextBytes(garbage);
            try (RawClient client = proxy.connect()) {
                client.readGreeting();
                client.stream().write(1, garbage);
                client.stream().wire().shutdownOutput();
                client.stream().readEnd().ifPresent(packet -> assertThat(packet.err().sqlState()).hasSize(5));
            }
        }
        try (RawClient client = proxy.connect().login(Login.clear(account("root", DB.socket()), ""))) {
            client.ping();
        }
    }
}
