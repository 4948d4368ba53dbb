package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
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
                    one.credentials(), false, false, Optional.empty());
        }); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.tryLogin(Login.clear("joe", "secret")).err().message()).isEqualTo("Connection error");

            List<String> lines = new ArrayList<>(Collections.nCopies(10,
                    "Failed to connect to /nonexistent/mysqld.sock: No such file or directory"));
            lines.add("No connection to 20 more servers");
            assertThat(failures()).containsExactlyElementsOf(lines);
        }
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

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }
}
