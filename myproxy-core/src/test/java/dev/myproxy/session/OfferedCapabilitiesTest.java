package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OfferedCapabilitiesTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final long EXTENDED = Flags.MARIADB_PROGRESS | Flags.MARIADB_STMT_BULK_OPERATIONS
            | Flags.MARIADB_EXTENDED_METADATA | Flags.MARIADB_CACHE_METADATA;
    private static final Greeting MARIADB = Greeting.mysql(ServerConnection.randomSalt())
            .withVersion("11.4.5-MariaDB").withMariadb(EXTENDED);
    private static final Greeting MYSQL = Greeting.mysql(ServerConnection.randomSalt()).withVersion("9.7.0")
            .with(Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA);

    @Test
    void greetingsOfferWhatTheServersOfEarlierClientsHave() throws Exception {
        try (FakeServer server = serving(MARIADB); TestProxy proxy = TestProxy.to(server.address())) {
            Greeting first = loginTo(proxy);
            assertThat(first.has(Flags.LONG_PASSWORD)).isTrue();
            assertThat(first.mariadbCapabilities()).isZero();

            Greeting second = loginTo(proxy);
            assertThat(second.has(Flags.LONG_PASSWORD)).isFalse();
            assertThat(second.mariadbCapabilities()).isEqualTo(EXTENDED);
            assertThat(second.capabilities()).isEqualTo(first.capabilities() & ~Flags.LONG_PASSWORD);
        }
    }

    @Test
    void healthChecksTeachBeforeTheFirstClientComes() throws Exception {
        try (FakeServer server = serving(MYSQL); TestProxy proxy = TestProxy.to(server.address())) {
            proxy.greeted(new SessionBus.Greeted(Upstream.of(server.address()), server.address(),
                    ByteString.of(MYSQL.version()), new Capabilities(MYSQL.capabilities())));

            await().untilAsserted(() -> assertThat(greeting(proxy)
                    .has(Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA | Flags.LONG_PASSWORD)).isTrue());
        }
    }

    @Test
    void theServerIsAskedForWhatTheClientTook() throws Exception {
        long taken = Flags.MARIADB_PROGRESS | Flags.MARIADB_CACHE_METADATA;
        try (FakeServer server = serving(MARIADB); TestProxy proxy = TestProxy.to(server.address())) {
            loginTo(proxy);
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(LOGIN.withMariadb(taken | Flags.MARIADB_BULK_UNIT_RESULTS));

                Login sent = server.connection().login().orElseThrow();
                assertThat(sent.mariadbFlags()).isEqualTo(taken);
                assertThat(sent.has(Flags.LONG_PASSWORD)).isFalse();
            }
        }
    }

    @Test
    void aClientWithLongPasswordGetsNoFlagsOfMariaDb() throws Exception {
        try (FakeServer server = serving(MARIADB); TestProxy proxy = TestProxy.to(server.address())) {
            loginTo(proxy);
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(LOGIN.withMariadb(EXTENDED).with(Flags.LONG_PASSWORD));

                Login sent = server.connection().login().orElseThrow();
                assertThat(sent.mariadbFlags()).isZero();
                assertThat(sent.has(Flags.LONG_PASSWORD)).isTrue();
            }
        }
    }

    @Test
    void anErrorNamesWhatTheServerLacksAndTheNextConnectionWorks() throws Exception {
        try (FakeServer mariadb = serving(MARIADB);
                FakeServer old = serving(MARIADB.withVersion("10.3.1-MariaDB").withMariadb(Flags.MARIADB_PROGRESS));
                TestProxy proxy = byUser(mariadb, old)) {
            loginTo(proxy);
            Login asked = Login.clear("old", "").withMariadb(EXTENDED);
            try (RawClient client = RawClient.connect(proxy.address())) {
                Packet answer = client.tryLogin(asked);

                assertThat(answer.sequence()).isEqualTo(2);
                assertThat(answer.err().code()).isEqualTo(1043);
                assertThat(answer.err().sqlState()).isEqualTo("08S01");
                assertThat(answer.err().message()).isEqualTo("Server " + old.address()
                        + " (version 10.3.1-MariaDB) lacks STMT_BULK_OPERATIONS, EXTENDED_METADATA, CACHE_METADATA, which"
                        + " was offered before it was chosen; connect again to be offered what it has");
                client.expectEnd();
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(asked);
                client.ping();
                assertThat(client.greeting().mariadbCapabilities()).isEqualTo(Flags.MARIADB_PROGRESS);
            }
        }
    }

    @Test
    void aServerThatTellsNoProgressDoesNoHarm() throws Exception {
        try (FakeServer mariadb = serving(MARIADB);
                FakeServer mysql = serving(MYSQL);
                TestProxy proxy = byUser(mariadb, mysql)) {
            loginTo(proxy);
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(Login.clear("old", "").withMariadb(Flags.MARIADB_PROGRESS));

                client.ping();
                assertThat(mysql.connection().login().orElseThrow().has(Flags.LONG_PASSWORD)).isTrue();
            }
        }
    }

    @Test
    void anotherUserAtAnotherServerKeepsTheClientsFlags() throws Exception {
        try (FakeServer mariadb = serving(MARIADB);
                FakeServer other = serving(MARIADB);
                TestProxy proxy = byUser(mariadb, other)) {
            loginTo(proxy);
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(LOGIN.withMariadb(EXTENDED));
                client.send(changeUser("old"));

                assertThat(client.stream().read()).matches(Packet::isOk);
                assertThat(other.connection().login().orElseThrow().mariadbFlags()).isEqualTo(EXTENDED);
                client.ping();
            }
        }
    }

    @Test
    void anotherUserAtAServerThatLacksTheClientsFlagsIsRefusedInWords() throws Exception {
        try (FakeServer mariadb = serving(MARIADB);
                FakeServer mysql = serving(MYSQL);
                TestProxy proxy = byUser(mariadb, mysql)) {
            loginTo(proxy);
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.login(LOGIN.withMariadb(Flags.MARIADB_CACHE_METADATA));
                client.send(changeUser("old"));

                assertThat(client.stream().read().err().message()).startsWith("Server " + mysql.address()
                        + " (version 9.7.0) lacks CACHE_METADATA, which was offered before it was chosen");
                client.expectEnd();
            }
        }
    }

    private static byte[] changeUser(String user) {
        return new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(user).u8(1).u8(0).nulText("").u16(45)
                .nulText("mysql_clear_password").lenenc(0).toByteArray();
    }

    @Test
    void whatTheOtherServersOfAClusterLackIsNotOffered() throws Exception {
        try (FakeServer primary = serving(MARIADB)) {
            Upstream cluster = Upstream.of(primary.address());
            try (TestProxy proxy = TestProxy.start(Handlers.of(1),
                    event -> TestProxy.connect(event, cluster))) {
                proxy.greeted(checked(cluster, primary.address(), MARIADB));
                proxy.greeted(checked(cluster, new Address.UnixPath("/standby"),
                        MARIADB.withMariadb(Flags.MARIADB_PROGRESS)));
                await().untilAsserted(() -> assertThat(greeting(proxy).mariadbCapabilities())
                        .isEqualTo(Flags.MARIADB_PROGRESS));

                loginTo(proxy);
                assertThat(greeting(proxy).mariadbCapabilities()).isEqualTo(Flags.MARIADB_PROGRESS);
            }
        }
    }

    private static SessionBus.Greeted checked(Upstream upstream, Address server, Greeting greeting) {
        return new SessionBus.Greeted(upstream, server, ByteString.of(greeting.version()),
                new Capabilities(greeting.capabilities() | greeting.mariadbCapabilities() << 32));
    }

    @Test
    void resultsMayComeWithoutDefinitions() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), OfferedCapabilitiesTest::withoutDefinitions);
                TestProxy proxy = TestProxy.to(server.address())) {
            loginTo(proxy);
            for (long flags : new long[]{Flags.CLASSIC, Flags.MODERN}) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    client.login(LOGIN.withFlags(flags | Flags.OPTIONAL_RESULTSET_METADATA));
                    Reply prepared = client.run(Command.STMT_PREPARE, "SELECT ?".getBytes(StandardCharsets.UTF_8));
                    assertThat(prepared.packetCount()).isEqualTo(flags == Flags.MODERN ? 1 : 3);
                    assertThat(client.query("SELECT 1").value()).isEqualTo("without");
                    assertThat(client.query("SELECT 1").packetCount()).isEqualTo(flags == Flags.MODERN ? 3 : 4);
                    client.ping();
                }
            }
        }
    }

    /** A server of a client that has set {@code resultset_metadata} to {@code NONE}. */
    private static void withoutDefinitions(ServerConnection connection) throws IOException {
        connection.greet(MYSQL);
        connection.acceptAll();
        boolean classic = (connection.flags() & Flags.DEPRECATE_EOF) == 0;
        for (Packet command = connection.read(); command.first() != Command.QUIT.code(); command = connection.read()) {
            if (command.first() == Command.STMT_PREPARE.code()) {
                connection.send(new PayloadWriter().u8(0).u32(1).u16(1).u16(1).u8(0).u16(0).u8(0).toByteArray());
                for (int i = 0; classic && i < 2; i++) {
                    connection.eof(Flags.AUTOCOMMIT);
                }
            } else if (command.first() == Command.QUERY.code()) {
                connection.send(new PayloadWriter().lenenc(1).u8(0).toByteArray());
                if (classic) {
                    connection.eof(Flags.AUTOCOMMIT);
                }
                connection.send(new PayloadWriter().lenencText("without").toByteArray());
                connection.eof(Flags.AUTOCOMMIT);
            } else {
                connection.ok();
            }
        }
    }

    @Test
    void flagsOfTheLoginAreCarriedAsTheyAre() throws Exception {
        long flags = Flags.MODERN | Flags.FOUND_ROWS | Flags.IGNORE_SPACE | Flags.INTERACTIVE | Flags.LOCAL_FILES
                | Flags.SESSION_TRACK;
        try (FakeServer server = serving(MYSQL); TestProxy proxy = TestProxy.to(server.address())) {
            for (int charset : new int[]{33, 45, 255, 2304, 0xffff}) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    client.login(LOGIN.withFlags(flags).withCharset(charset));

                    Login sent = server.connection().login().orElseThrow();
                    assertThat(sent.charset()).isEqualTo(charset);
                    assertThat(sent.flags()).isEqualTo(flags);
                }
            }
        }
    }

    @Test
    void theGreetingsFlagsAreThoseOfTheProtocolPackage() {
        assertThat(Flags.QUERY_ATTRIBUTES).isEqualTo(Capabilities.of(Capability.QUERY_ATTRIBUTES).bits());
        assertThat(EXTENDED << 32).isEqualTo(Capabilities.of(Capability.PROGRESS, Capability.STMT_BULK_OPERATIONS,
                Capability.EXTENDED_METADATA, Capability.CACHE_METADATA).bits());
    }

    private static Greeting loginTo(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            return client.greeting();
        }
    }

    private static Greeting greeting(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            return client.readGreeting();
        }
    }

    private static FakeServer serving(Greeting greeting) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), connection -> {
            connection.greet(greeting);
            connection.acceptAll();
            connection.serve();
        });
    }

    /** A proxy that connects {@code old} to the second server and all others to the first. */
    private static TestProxy byUser(FakeServer first, FakeServer second) {
        return TestProxy.start(Handlers.of(1), event -> {
            boolean old = event instanceof ScriptEvent.HandshakeResponse login && login.user().utf8().equals("old");
            Address server = old ? second.address() : first.address();
            return TestProxy.connect(event, server);
        });
    }
}
