package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that a script sees, refuses and changes. */
class QueryTest {

    private static final Login LOGIN = Login.clear("joe", "secret").with(Flags.LOCAL_FILES);
    private static final int LIMIT = 4096;
    private static final Err TOO_LONG = new Err(1153, "08S01", "Got a packet bigger than 'max_query_bytes' bytes: this"
            + " proxy looks at every statement, and takes none longer than 4096 bytes");

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    /** A script that refuses DROP, fails at FAIL, and makes REWRITE n a statement of n bytes. */
    private static Decision firewall(String sql) {
        if (sql.startsWith("DROP")) {
            return new Decision.Refuse(ByteString.of("no: " + sql));
        }
        if (sql.startsWith("OWN CODE")) {
            return new Decision.Refuse(ByteString.of("own"), Optional.of(new ErrorCode(4242, "45000")));
        }
        if (sql.startsWith("REWRITE ")) {
            return new Decision.Query(ByteString.of(sqlOf(Integer.parseInt(sql.substring(8).strip()))));
        }
        return sql.startsWith("FAIL") ? new Decision.Failed("config.lua:7: boom") : new Decision.Proceed();
    }

    private static String sqlOf(int bytes) {
        return "SELECT " + "r".repeat(bytes - 7);
    }

    private TestProxy proxy() {
        return proxy(LIMIT, sql -> Future.succeededFuture(firewall(sql)));
    }

    private TestProxy proxy(int maxQueryBytes, Function<String, Future<Decision>> script) {
        return proxy(SessionSettings.DEFAULT, maxQueryBytes, script);
    }

    private TestProxy proxy(SessionSettings settings, int maxQueryBytes, Function<String, Future<Decision>> script) {
        return TestProxy.startLater(settings,
                new Handlers(1, Set.of(Handler.QUERY), ListenOptions.builder().maxQueryBytes(maxQueryBytes).build()),
                event -> {
                    if (event instanceof ScriptEvent.Query(var _, var sql)) {
                        asked.add(new String(sql.toByteArray(), StandardCharsets.ISO_8859_1));
                        return script.apply(asked.stream().reduce((_, last) -> last).orElseThrow());
                    }
                    return Future.succeededFuture(TestProxy.connect(event, server.address()));
                });
    }

    private static RawClient login(TestProxy proxy) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        return client.login(LOGIN);
    }

    private List<String> arrived() {
        return server.connection().received().stream()
                .map(p -> new String(p.payload(), StandardCharsets.ISO_8859_1)).skip(1).toList();
    }

    @Test
    void statementsPassRefusedOrChanged() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            assertThat(client.query("SELECT 1").value()).isEqualTo("1");
            assertThat(client.query("DROP it").err()).isEqualTo(new Err(1227, "42000", "no: DROP it"));
            assertThat(client.query("OWN CODE").err()).isEqualTo(new Err(4242, "45000", "own"));
            assertThat(client.query("FAIL").err()).isEqualTo(new Err(1227, "42000", "Lua error"));
            assertThat(client.query("REWRITE 10").value()).isEqualTo("rrr");
            client.ping();

            assertThat(asked).containsExactly("SELECT 1", "DROP it", "OWN CODE", "FAIL", "REWRITE 10");
            assertThat(arrived()).containsExactly("\3SELECT 1", "\3SELECT rrr", "\16");
        }
    }

    @Test
    void preparedStatementsToo() throws Exception {
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.expect(Command.STMT_PREPARE.payload("SELECT rrr"));
            c.send(1, new byte[]{0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            c.serve();
        });
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            assertThat(client.run(Command.STMT_PREPARE, "DROP it".getBytes(StandardCharsets.UTF_8)).err().code())
                    .isEqualTo(1227);
            assertThat(client.run(Command.STMT_PREPARE, "REWRITE 10".getBytes(StandardCharsets.UTF_8)).statementId())
                    .isEqualTo(7);
            client.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void whatIsSentForARefusedPreparationMeansNoOlderStatement(int pieces) throws Exception {
        byte[] last = {0, -1, -1, -1, -1, 0, 1, 0, 0, 0};
        byte[] third = {0, 3, 0, 0, 0, 0, 1, 0, 0, 0};
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            for (int i = 0; i < 2; i++) {
                c.expect(Command.STMT_PREPARE.payload("INSERT"));
                c.send(1, new byte[]{0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
                c.expect(with(Command.STMT_EXECUTE, i == 0 ? third : last));
                c.ok();
            }
        });
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            client.pieces(pieces);
            client.send(Command.STMT_PREPARE.payload("INSERT"));
            client.send(Command.STMT_PREPARE.payload("DROP it"));
            client.send(with(Command.STMT_SEND_LONG_DATA, last));
            client.send(with(Command.STMT_EXECUTE, last));
            client.send(with(Command.STMT_EXECUTE, third));
            client.send(with(Command.STMT_CLOSE, last));
            client.send(Command.STMT_PREPARE.payload("INSERT"));
            client.send(with(Command.STMT_EXECUTE, last));

            assertThat(client.reply(Command.STMT_PREPARE).statementId()).isEqualTo(7);
            assertThat(client.reply(Command.STMT_PREPARE).err().code()).isEqualTo(1227);
            assertThat(client.reply(Command.STMT_EXECUTE).err().code()).isEqualTo(1243);
            assertThat(client.reply(Command.STMT_EXECUTE).last().isOk()).isTrue();
            assertThat(client.reply(Command.STMT_PREPARE).statementId()).isEqualTo(7);
            assertThat(client.reply(Command.STMT_EXECUTE).last().isOk()).isTrue();
        }
    }

    private static byte[] with(Command command, byte[] argument) {
        byte[] payload = argument.clone();
        payload[0] = (byte) command.code();
        return payload;
    }

    @Test
    void bytesAreLeftAlone() throws Exception {
        try (TestProxy proxy = proxy(LIMIT, sql -> Future.succeededFuture(sql.startsWith("again")
                ? new Decision.Proceed()
                : new Decision.Query(ByteString.copyOf("again \0\u00ff;".getBytes(StandardCharsets.ISO_8859_1)))));
                RawClient client = login(proxy)) {
            client.send("\3\0a\u00e4\u00ff; b\0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.stream().read().isOk()).isTrue();
            client.send((byte) 3);
            assertThat(client.stream().read().isOk()).isTrue();

            assertThat(asked).containsExactly("\0a\u00e4\u00ff; b\0", "");
            assertThat(arrived()).containsExactly("\3again \0\u00ff;", "\3again \0\u00ff;");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 1_000_000})
    void piecesOfAnySizeKeepTheirOrder(int pieces) throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<String> statements = List.of("SELECT 1", "DROP a", "SELECT " + "x".repeat(LIMIT - 7), "REWRITE 3000",
                    "DROP " + "y".repeat(LIMIT - 4), "SELECT 2", "FAIL", "DROP " + "y".repeat(2 * LIMIT));
            statements.forEach(sql -> all.writeBytes(PacketStream.frame(0, Command.QUERY.payload(sql))));
            all.writeBytes(PacketStream.frame(0, Command.PING.payload()));
            client.pieces(pieces).stream().raw(all.toByteArray());

            assertThat(client.reply(Command.QUERY).value()).isEqualTo("1");
            assertThat(client.reply(Command.QUERY).err().message()).isEqualTo("no: DROP a");
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("x".repeat(LIMIT - 7));
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("r".repeat(2993));
            assertThat(client.reply(Command.QUERY).err()).isEqualTo(TOO_LONG);
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("2");
            assertThat(client.reply(Command.QUERY).err().message()).isEqualTo("Lua error");
            assertThat(client.reply(Command.QUERY).err()).isEqualTo(TOO_LONG);
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            assertThat(asked).hasSize(6);
        }
    }

    @Test
    void manyRefusalsInOneGo() throws Exception {
        try (TestProxy proxy = proxy(1024, _ -> Future.succeededFuture(new Decision.Proceed()));
                RawClient client = login(proxy)) {
            byte[] malformed = PacketStream.frame(0, Command.QUERY.payload("x".repeat(1025)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 2000; i++) {
                all.writeBytes(malformed);
            }
            Thread writer = Thread.startVirtualThread(() -> write(client, all.toByteArray()));
            for (int i = 0; i < 2000; i++) {
                assertThat(client.reply(Command.QUERY).err().code()).isEqualTo(1153);
            }
            writer.join();
            client.ping();
        }
    }

    private static void write(RawClient client, byte[] bytes) {
        try {
            client.stream().raw(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aStatementThatTheServerNeverSeesMayBeHuge() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("x".repeat(2 * Packet.MAX - 1)));

            assertThat(client.reply(Command.QUERY, 3, true).err()).isEqualTo(TOO_LONG);
            client.ping();
            assertThat(asked).isEmpty();
            assertThat(arrived()).containsExactly("\16");
        }
    }

    @Test
    void aStatementOfSeveralPacketsIsOneCall() throws Exception {
        String sql = "BEGIN " + "z".repeat(Packet.MAX);
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.read();
            c.ok();
        });
        try (TestProxy proxy = proxy(20 << 20, _ -> Future.succeededFuture(new Decision.Proceed()));
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload(sql));
            assertThat(client.stream().read().sequence()).isEqualTo(2);
            assertThat(asked).containsExactly(sql);
            assertThat(String.join("", arrived())).isEqualTo("\3" + sql);
        }
        try (TestProxy proxy = proxy(20 << 20, _ -> Future.succeededFuture(firewall("DROP")));
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload(sql));
            assertThat(client.reply(Command.QUERY, 2, true).err().code()).isEqualTo(1227);
            assertThat(arrived()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 16777214", "12, 16777215", "12, 33554430", "16777215, 20", "16777215, 16777220",
            "33554429, 16777220"})
    void sequenceIdsAreRightWhateverItBecomes(int size, int newSize) throws Exception {
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            while (c.read().length() == Packet.MAX) {
                // the rest of the statement follows
            }
            c.definitions(List.of("v"));
            c.row(List.of("a"));
            c.row(List.of("b"));
            c.eof(Flags.AUTOCOMMIT);
            c.serve();
        });
        try (TestProxy proxy = proxy(64 << 20, sql -> Future.succeededFuture(
                sql.startsWith("go") ? new Decision.Query(ByteString.of(sqlOf(newSize))) : new Decision.Proceed()));
                RawClient client = login(proxy)) {
            client.pieces(3_000_001).send(Command.QUERY.payload("go" + " ".repeat(size - 2)));
            client.send(Command.PING.payload());
            client.send(Command.QUERY.payload("SELECT next"));

            assertThat(client.reply(Command.QUERY, 1 + (size + 1) / Packet.MAX, true).textRows())
                    .isEqualTo(List.of(List.of("a"), List.of("b")));
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("next");
        }
        List<Packet> packets = server.connection().received();
        long length = packets.stream().skip(1).mapToInt(Packet::length).limit(1 + (newSize + 1) / Packet.MAX).sum();
        assertThat(length).isEqualTo(newSize + 1);
        for (int i = 0; i <= (newSize + 1) / Packet.MAX; i++) {
            assertThat(packets.get(1 + i).sequence()).isEqualTo(i);
        }
    }

    @Test
    void aFileGoesWithAStatementThatGrew() throws Exception {
        server.close();
        List<Integer> sequences = new ArrayList<>();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            while (c.read().length() == Packet.MAX) {
                // the rest of the statement follows
            }
            assertThat(c.localInfile("f")).isEqualTo(100_005);
            c.received().stream().skip(3).map(Packet::sequence).forEach(sequences::add);
            c.ok();
            c.serve();
        });
        try (TestProxy proxy = proxy(LIMIT, _ -> Future.succeededFuture(
                new Decision.Query(ByteString.of(sqlOf(Packet.MAX)))));
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("LOAD"));
            assertThat(client.stream().read().sequence()).isEqualTo(1);
            client.pieces(1001);
            client.stream().write(2, new byte[100_000]);
            client.stream().write(3, new byte[5]);
            client.stream().write(4);
            assertThat(client.stream().read().sequence()).isEqualTo(5);
            client.ping();
        }
        assertThat(sequences).containsExactly(3, 4, 5);
    }

    @Test
    void nothingOvertakesAHandlerThatWaits() throws Exception {
        Promise<Decision> first = Promise.promise();
        try (TestProxy proxy = proxy(LIMIT, sql -> sql.equals("SELECT slow")
                ? first.future()
                : Future.succeededFuture(firewall(sql)));
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("SELECT slow"));
            client.send(Command.QUERY.payload("DROP it"));
            client.send(Command.PING.payload());
            await().until(() -> !asked.isEmpty());
            assertThat(client.stream().isQuiet(Duration.ofMillis(50))).isTrue();
            assertThat(arrived()).isEmpty();

            first.complete(new Decision.Proceed());

            assertThat(client.reply(Command.QUERY).value()).isEqualTo("slow");
            assertThat(client.reply(Command.QUERY).err().code()).isEqualTo(1227);
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void aRefusalWaitsForTheResponseBeforeIt() throws Exception {
        Promise<Void> finish = Promise.promise();
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("v"));
            c.row(List.of("early"));
            finish.future().await();
            c.row(List.of("late"));
            c.eof(Flags.AUTOCOMMIT);
            c.serve();
        });
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("SELECT rows"));
            client.send(Command.QUERY.payload("DROP it"));
            assertThat(client.stream().read().sequence()).as("head").isEqualTo(1);
            assertThat(client.stream().read().sequence()).as("definition").isEqualTo(2);
            assertThat(client.stream().read().sequence()).as("row, though the next statement waits").isEqualTo(3);
            assertThat(client.stream().isQuiet(Duration.ofMillis(50))).isTrue();

            finish.complete();

            assertThat(client.stream().read().sequence()).isEqualTo(4);
            assertThat(client.stream().read().sequence()).isEqualTo(5);
            assertThat(client.reply(Command.QUERY).err().message()).isEqualTo("no: DROP it");
        }
    }

    @Test
    void aClientIsNotReadWhileItsHandlerWaits() throws Exception {
        try (TestProxy proxy = proxy(LIMIT, _ -> Promise.<Decision>promise().future());
                RawClient client = login(proxy)) {
            client.limit(Duration.ofSeconds(2));
            client.send(Command.QUERY.payload("SELECT 1"));
            await().until(() -> !asked.isEmpty());

            assertThatThrownBy(() -> client.stream().raw(new byte[100_000_000])).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatLeavesWhileItsHandlerWaitsIsGone() throws Exception {
        Promise<Decision> never = Promise.promise();
        // Nothing tells for sure that a client that has closed its connection does not wait for an answer.
        SessionSettings impatient = new SessionSettings(Duration.ofSeconds(30), Duration.ofSeconds(30),
                Duration.ofSeconds(5), Duration.ofSeconds(1));
        try (TestProxy proxy = proxy(impatient, LIMIT, _ -> never.future())) {
            try (RawClient client = login(proxy)) {
                client.send(Command.QUERY.payload("SELECT 1"));
                await().until(() -> !asked.isEmpty());
            }
            await().untilAsserted(() -> assertThat(proxy.sessions().count()).isZero());
            never.complete(new Decision.Query(ByteString.of("late")));
            await().untilAsserted(() -> assertThat(server.active()).isZero());
            assertThat(arrived()).isEmpty();
        }
    }

    @Test
    void aServerThatClosesIsToldToAClientWhoseHandlerWaits() throws Exception {
        Promise<Void> close = Promise.promise();
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            close.future().await();
        });
        try (TestProxy proxy = proxy(LIMIT, _ -> Promise.<Decision>promise().future());
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("SELECT 1"));
            await().until(() -> !asked.isEmpty());

            close.complete();

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err()).isEqualTo(new Err(1047, "08S01", "Server closed the connection"));
            client.expectEnd();
        }
    }

    @Test
    void aShutdownAnswersTheStatementThatWaits() throws Exception {
        try (TestProxy proxy = proxy(LIMIT, _ -> Promise.<Decision>promise().future());
                RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("SELECT 1"));
            await().until(() -> !asked.isEmpty());

            Future<Void> end = proxy.sessions().shutDown();

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err().code()).isEqualTo(1053);
            end.await();
        }
    }

    @Test
    void otherCommandsPassAsEver() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            client.send(Command.INIT_DB.payload("shop"));
            client.send(Command.STMT_SEND_LONG_DATA.payload("\1\0\0\0\0\0DROP"));
            client.send(Command.STMT_CLOSE.payload("\1\0\0\0"));
            client.send(Command.PING.payload());

            assertThat(client.reply(Command.INIT_DB).last().isOk()).isTrue();
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void whatGoesIntoAFileIsNoStatement() throws Exception {
        server.close();
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            assertThat(c.localInfile("f")).isEqualTo(9);
            c.ok();
            c.serve();
        });
        try (TestProxy proxy = proxy(); RawClient client = login(proxy)) {
            client.send(Command.QUERY.payload("LOAD DATA"));
            assertThat(client.stream().read().first()).isEqualTo(0xfb);
            client.stream().write(2, Command.QUERY.payload("DROP all"));
            client.stream().write(3);
            assertThat(client.stream().read().isOk()).isTrue();
            assertThat(client.query("DROP it").err().code()).isEqualTo(1227);
            assertThat(asked).containsExactly("LOAD DATA", "DROP it");
        }
    }

    @Test
    void noHandlerNoCall() throws Exception {
        try (TestProxy proxy = TestProxy.start(Handlers.of(1, Handler.INIT_DB, Handler.COMMAND_PHASE), event -> {
            asked.add(event.getClass().getSimpleName());
            return event instanceof ScriptEvent.CommandPhase
                    ? new Decision.Proceed()
                    : TestProxy.connect(event, server.address());
        }); RawClient client = login(proxy)) {
            assertThat(client.query("SELECT 1").value()).isEqualTo("1");
            assertThat(asked).containsExactly("HandshakeResponse", "CommandPhase");
        }
    }
}
