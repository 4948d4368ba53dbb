package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SessionLogTest {

    private static final byte[] QUERY = {3, 'S', 'E', 'L', 'E', 'C', 'T', ' ', '1'};

    private final Logger logger = (Logger) LoggerFactory.getLogger(Session.class);
    private final Recorder recorder = new Recorder();
    private final AtomicReference<String> name = new AtomicReference<>("");

    @BeforeEach
    void record() {
        recorder.start();
        logger.addAppender(recorder);
    }

    @AfterEach
    void stopRecording() {
        logger.detachAppender(recorder);
        recorder.stop();
    }

    @Test
    void clientThatLeavesMidQueryIsNoFailureOfTheServer() throws Exception {
        leaveMidQuery(ServerConnection::stall, _ -> {});

        assertThat(failures()).isEmpty();
    }

    @Test
    void serverThatClosesMidQueryIsOneLine() throws Exception {
        leaveMidQuery(_ -> {}, SessionLogTest::readError);

        assertThat(failures()).containsExactly("Server closed the connection");
    }

    @Test
    void brokenConnectionIsOneLineInTheWordsOfTheSystem() throws Exception {
        leaveMidQuery(ServerConnection::reset, SessionLogTest::readError);

        assertThat(failures()).containsExactly("Error on connection to server: Connection reset by peer");
    }

    @Test
    void aClientCanNotFloodTheLogWithTheFailuresOfItsHandlers() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
                TestProxy proxy = TestProxy.start(Handlers.of(1, Handler.INIT_DB), event -> {
                    name.set(event.client().name());
                    return event instanceof ScriptEvent.InitDb
                            ? new Decision.Failed("config.lua:7: boom")
                            : TestProxy.connect(event, server.address());
                });
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(Login.clear("joe", "secret"));

            for (int i = 0; i < 50; i++) {
                assertThat(client.run(Command.INIT_DB, new byte[]{'x'}).err().code()).isEqualTo(1044);
            }

            assertThat(failures()).containsExactly("config.lua:7: boom");
        }
    }

    @Test
    void eachServerThatFailsHasALineButNotMoreThanTen() throws Exception {
        Address nobody = new Address.UnixPath("/nonexistent/mysqld.sock");
        try (TestProxy proxy = TestProxy.start(Handlers.of(1), event -> {
            name.set(event.client().name());
            Decision.Connect one = (Decision.Connect) TestProxy.connect(event, nobody);
            return new Decision.Connect(TriedServers.of(Collections.nCopies(30, nobody).toArray(Address[]::new)),
                    one.credentials(), ConnectOptions.DEFAULT);
        }); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.tryLogin(Login.clear("joe", "secret")).err().message()).isEqualTo("Connection error");

            List<String> lines = new ArrayList<>(Collections.nCopies(10,
                    "Failed to connect to /nonexistent/mysqld.sock: No such file or directory"));
            lines.add("No connection to 20 more servers");
            assertThat(failures()).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void whatALineTellsIsInItsFields() {
        Logger own = new LoggerContext().getLogger("own");
        own.addAppender(recorder);
        ScriptClient client = new ScriptClient(7, Handlers.of(1), Address.inet(InetAddress.getLoopbackAddress(), 4711),
                Address.inet(InetAddress.getLoopbackAddress(), 3306), Optional.empty(), ByteString.of("8.0"));
        SessionLog log = new SessionLog(client, own);
        log.login(ByteString.of("joe\n"), Optional.empty());
        client.setAccount(Optional.of(ByteString.of("acme")));
        log.failure("why");
        log.end(new SessionReport(7, client.account(), client.listener(), client.proxy(), Optional.empty(),
                DisconnectCause.CLIENT_QUIT, Phase.COMMAND, 12, 34, 56, 0.25, 0, 1, 5.5));

        String session = "session=7 ";
        String ends = "client=127.0.0.1:4711 listener=127.0.0.1:3306";
        assertThat(recorder.fields).containsExactly(
                "event=login " + session + ends + " user=\"joe\\n\"",
                "event=failure " + session + "account=\"acme\" " + ends,
                "event=end " + session + "account=\"acme\" " + ends + " cause=client_quit phase=command queries=12"
                        + " received_bytes=34 sent_bytes=56 hook_ms=0.25 connect_ms=0.0 login_ms=1.0 total_ms=5.5");
    }

    @Test
    void linesAboutClientsOfABalancerNameBoth() {
        Logger own = new LoggerContext().getLogger("balanced");
        own.addAppender(recorder);
        Address balancer = Address.inet(InetAddress.getLoopbackAddress(), 4711);
        ScriptClient client = new ScriptClient(7, Handlers.of(1), balancer, new Address.Abstract("in"),
                Optional.empty(), ByteString.of("8.0"));
        client.comesThroughProxy(Address.inet(InetAddress.ofLiteral("192.0.2.1"), 56324));
        new SessionLog(client, own).failure("why");

        assertThat(recorder.fields).containsExactly(
                "event=failure session=7 client=192.0.2.1:56324 listener=@in proxy=127.0.0.1:4711");
    }

    @Test
    void balancersThatLookWhetherWeAreHereLeaveNoLine() {
        Logger own = new LoggerContext().getLogger("checked");
        own.setLevel(Level.INFO);
        own.addAppender(recorder);
        ScriptClient client = new ScriptClient(7, Handlers.of(1), new Address.Abstract("peer"),
                new Address.Abstract("in"), Optional.empty(), ByteString.of("8.0"));
        new SessionLog(client, own).end(new SessionReport(7, client.account(), client.listener(), client.proxy(),
                Optional.empty(), DisconnectCause.PROXY_CHECK, Phase.GREETING, 0, 0, 0, 0, 0, 0, 0));

        assertThat(recorder.fields).isEmpty();
    }

    /** A session whose server gets a query and does something else than answering. */
    private void leaveMidQuery(FakeServer.Script instead, Ending ending) throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            instead.play(c);
        }); TestProxy proxy = TestProxy.start(Handlers.of(1), event -> {
            name.set(event.client().name());
            return TestProxy.connect(event, server.address());
        })) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                client.login(Login.clear("joe", "secret"));
                client.send(QUERY);
                ending.of(client);
            }
            await().untilAsserted(() -> assertThat(proxy.sessions().count()).isZero());
            await().untilAsserted(() -> assertThat(server.active()).isZero());
        }
    }

    private static void readError(RawClient client) throws Exception {
        assertThat(client.stream().read().first()).isEqualTo(0xff);
        client.expectEnd();
    }

    private List<String> failures() {
        String prefix = "[" + name.get() + "] ";
        return recorder.lines.stream().filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length())).toList();
    }

    @FunctionalInterface
    private interface Ending {
        void of(RawClient client) throws Exception;
    }

    /** Keeps what is logged as a warning, also by tests that run at the same time. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Queue<String> fields = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            fields.add(event.getKeyValuePairs().stream().map(pair -> pair.key + "=" + pair.value)
                    .collect(Collectors.joining(" ")));
        }
    }
}
