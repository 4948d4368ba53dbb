package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Direction;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Fault;
import dev.myproxy.peers.FaultRelay;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import dev.myproxy.session.meters.Phase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins whose servers fail one after the other. */
class ServerSearchTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Address NOBODY = new Address.UnixPath("/nonexistent/mysqld.sock");

    /** What a server does instead of greeting. */
    enum Failure {
        CLOSES("Server closed the connection"),
        RESETS(""),
        SENDS_GARBAGE("Malformed packet from server"),
        SENDS_NOTHING_IN_A_PACKET("Malformed packet from server"),
        IS_FULL("Connection rejected by server: Too many connections"),
        BLOCKS_US("Connection rejected by server: Host is blocked"),
        DOES_NOT_KNOW_US("Connection rejected by server: Host is not allowed"),
        IS_SILENT("Timeout: no greeting from ");

        private final String reason;

        Failure(String reason) {
            this.reason = reason;
        }

        void play(ServerConnection connection) throws IOException {
            switch (this) {
                case CLOSES -> connection.close();
                case RESETS -> connection.reset();
                case SENDS_GARBAGE -> connection.raw(new byte[]{3, 0, 0, 0, 1, 2, 3});
                case SENDS_NOTHING_IN_A_PACKET -> connection.raw(new byte[4]);
                case IS_FULL -> connection.err(1040, "08004", "Too many connections");
                case BLOCKS_US -> connection.err(1129, "HY000", "Host is blocked");
                case DOES_NOT_KNOW_US ->
                    connection.send(0, "\377\152\4Host is not allowed".getBytes(StandardCharsets.ISO_8859_1));
                case IS_SILENT -> connection.stall();
            }
        }
    }

    private final List<FakeServer> servers = new ArrayList<>();
    private final Queue<Secret> secrets = new ConcurrentLinkedQueue<>();
    private final Queue<ScriptEvent.Disconnect> ends = new ConcurrentLinkedQueue<>();
    private ConnectOptions options = ConnectOptions.DEFAULT;

    @TempDir
    private Path directory;

    @AfterEach
    void stopServers() throws IOException {
        for (FakeServer server : servers) {
            server.close();
        }
        assertThat(secrets).as("passwords that were not wiped").allMatch(Secret::isEmpty);
    }

    private FakeServer server(FakeServer.Script script) throws IOException {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), script);
        servers.add(server);
        return server;
    }

    private FakeServer server(Failure failure) throws IOException {
        return server(failure::play);
    }

    private FakeServer good() throws IOException {
        return server(c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    private TestProxy proxy(Upstream upstream) {
        return TestProxy.start(Handlers.of(1, Handler.DISCONNECT), event -> {
            if (event instanceof ScriptEvent.Disconnect end) {
                ends.add(end);
                return new Decision.Proceed();
            }
            Secret secret = Secret.wrap("pw".getBytes(StandardCharsets.US_ASCII));
            secrets.add(secret);
            return new Decision.Connect(upstream,
                    new Credentials(ByteString.of("u"), secret, Optional.empty(), ByteString.EMPTY), options);
        });
    }

    private static RawClient client(TestProxy proxy) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        return client;
    }

    private String cause() {
        await().until(() -> ends.size() == 1);
        return ends.remove().cause();
    }

    private static void assertError(Packet packet, int code, String sqlState, String message) {
        assertThat(packet.sequence()).isEqualTo(2);
        assertThat(packet.err()).isEqualTo(new Err(code, sqlState, message));
    }

    static Stream<Arguments> failuresAndPlaces() {
        return Stream.of(Failure.values()).flatMap(failure -> Stream.of(0, 1, 2)
                .map(place -> Arguments.of(failure, place)));
    }

    @ParameterizedTest
    @MethodSource("failuresAndPlaces")
    void theNextServerIsTried(Failure failure, int before) throws Exception {
        FakeServer bad = server(failure);
        FakeServer good = good();
        List<Address> order = new ArrayList<>(Collections.nCopies(before, NOBODY));
        order.add(bad.address());
        order.add(good.address());
        TriedServers patient = TriedServers.of(order.toArray(Address[]::new));
        // Only silence is waited for: whatever a server says may take its time.
        TriedServers upstream = failure == Failure.IS_SILENT ? patient.hasty() : patient;
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            client.login(LOGIN);

            client.ping();
            assertThat(upstream.told()).hasSize(before + 2).endsWith("reached");
            assertThat(upstream.told().subList(0, before)).allMatch(
                    ("failed: Failed to connect to " + NOBODY + ": No such file or directory")::equals);
            assertThat(upstream.told().get(before))
                    .startsWith(failure == Failure.IS_FULL ? "overloaded: " : "failed: ")
                    .contains(failure.reason).contains(bad.address().toString());
            await().untilAsserted(() -> assertThat(bad.active()).isZero());
            assertThat(good.connections()).hasSize(1);
            assertThat(proxy.list().getFirst().server()).contains(good.address());
        }
    }

    static Stream<Fault> faultsInAGreeting() {
        return Stream.of(1L, 3L, 4L, 5L, 40L).flatMap(offset -> Stream.of(new Fault.CloseAt(offset),
                new Fault.HalfCloseAt(offset), new Fault.ResetAt(offset), new Fault.StallAt(offset)));
    }

    @ParameterizedTest
    @MethodSource("faultsInAGreeting")
    void theNextServerIsTriedWhenAGreetingBreaksOff(Fault fault) throws Exception {
        FakeServer cut = good();
        FakeServer good = good();
        try (FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), cut.address(),
                Map.of(Direction.TO_CLIENT, List.of(fault)))) {
            TriedServers patient = TriedServers.of(relay.address(), good.address());
            TriedServers upstream = fault instanceof Fault.StallAt ? patient.hasty() : patient;
            try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

                client.login(LOGIN);

                client.ping();
                assertThat(upstream.told()).hasSize(2).endsWith("reached");
                await().untilAsserted(() -> assertThat(cut.active()).isZero());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void theLastServerThatFailsIsWhatTheClientReads(Failure failure) throws Exception {
        if (failure == Failure.IS_SILENT) {
            options = ConnectOptions.builder().connectTimeout(Duration.ofSeconds(1)).build();
        }
        FakeServer bad = server(failure);
        try (TestProxy proxy = proxy(Upstream.of(bad.address())); RawClient client = client(proxy)) {

            Packet answer = client.tryLogin(LOGIN);

            switch (failure) {
                case CLOSES -> assertError(answer, 1043, "08S01", "Server closed the connection");
                case RESETS -> assertThat(answer.err().message()).isIn("Connection error",
                        "Error on connection to server", "Server closed the connection");
                case SENDS_GARBAGE, SENDS_NOTHING_IN_A_PACKET ->
                    assertError(answer, 1043, "08S01", "Malformed packet from server");
                case IS_FULL -> assertError(answer, 1040, "08004", "Too many connections");
                case BLOCKS_US -> assertError(answer, 1129, "HY000", "Host is blocked");
                case DOES_NOT_KNOW_US -> assertError(answer, 1130, "HY000", "Host is not allowed");
                case IS_SILENT -> assertError(answer, 1043, "08S01", "Connection error");
            }
            client.expectEnd();
            assertThat(cause()).isIn(switch (failure) {
                case CLOSES -> List.of("server_closed");
                case RESETS -> List.of("server_closed", "connect_failed");
                case SENDS_GARBAGE, SENDS_NOTHING_IN_A_PACKET -> List.of("server_malformed");
                case IS_FULL, BLOCKS_US, DOES_NOT_KNOW_US -> List.of("server_refused");
                case IS_SILENT -> List.of("connect_failed");
            });
            await().untilAsserted(() -> assertThat(bad.active()).isZero());
        }
    }

    @Test
    void whatAServerSaysGoesBeforeWhatElseWentWrong() throws Exception {
        TriedServers upstream = TriedServers.of(server(Failure.CLOSES).address(), server(Failure.IS_FULL).address(),
                NOBODY, server(Failure.SENDS_GARBAGE).address());
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1040, "08004", "Too many connections");

            assertThat(upstream.told()).hasSize(4);
            assertThat(cause()).isEqualTo("server_refused");
        }
    }

    @Test
    void aServerWhoseBacklogIsFullIsGivenUp() throws Exception {
        FakeServer good = good();
        try (FullSocket full = FullSocket.at(directory.resolve("full.sock"))) {
            TriedServers upstream = TriedServers.of(full.address(), good.address()).hasty();
            try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

                client.login(LOGIN);

                assertThat(upstream.told()).containsExactly(
                        "failed: Failed to connect to " + full.address() + ": Connection timed out", "reached");
            }
        }
    }

    @Test
    void whenTheTimeIsOverNoMoreServersAreTried() throws Exception {
        options = ConnectOptions.builder().connectTimeout(Duration.ofMillis(500)).build();
        FakeServer good = good();
        TriedServers upstream = TriedServers.of(server(Failure.IS_SILENT).address(), good.address());
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1043, "08S01", "Connection error");

            assertThat(upstream.told()).hasSize(1);
            assertThat(good.connections()).isEmpty();
        }
    }

    @Test
    void aRefusedLoginIsNotTriedElsewhere() throws Exception {
        FakeServer strict = server(c -> {
            c.greet();
            c.readLogin();
            c.err(1045, "28000", "Access denied");
        });
        FakeServer good = good();
        TriedServers upstream = TriedServers.of(strict.address(), good.address());
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1045, "28000", "Access denied");

            assertThat(upstream.told()).containsExactly("reached");
            assertThat(good.connections()).isEmpty();
            assertThat(cause()).isEqualTo("server_refused");
        }
    }

    @Test
    void aServerThatLeavesAfterItsGreetingIsNotReplaced() throws Exception {
        FakeServer leaving = server(c -> {
            c.greet();
            c.readLogin();
        });
        TriedServers upstream = TriedServers.of(leaving.address(), good().address());
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1043, "08S01", "Server closed the connection");

            assertThat(upstream.told()).containsExactly("reached");
        }
    }

    @Test
    void anUpstreamThatIsNotReadyTellsTheClient() throws Exception {
        try (TestProxy proxy = proxy((_, _) -> Future.failedFuture("Waiting for the first check of 10.0.0.1:3306"));
                RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1043, "08S01", "Waiting for the first check of 10.0.0.1:3306");

            assertThat(cause()).isEqualTo("not_ready");
        }
    }

    @Test
    void anUpstreamWithoutServersIsNotReady() throws Exception {
        try (TestProxy proxy = proxy(TriedServers.of()); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1043, "08S01", "There is no server");

            assertThat(cause()).isEqualTo("not_ready");
        }
    }

    @Test
    void manyServersFailInOneLogin() throws Exception {
        Address[] all = Stream.generate(() -> NOBODY).limit(5000).toArray(Address[]::new);
        TriedServers upstream = TriedServers.of(all);
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {

            assertError(client.tryLogin(LOGIN), 1043, "08S01", "Connection error");

            assertThat(upstream.told()).hasSize(5000);
        }
    }

    @Test
    void aClientThatLeavesWhileTheUpstreamWaits() throws Exception {
        Promise<Candidates> later = Promise.promise();
        try (TestProxy proxy = proxy((_, _) -> later.future())) {
            leaveWhen(proxy, Phase.CONNECT);

            later.complete(Candidates.of(NOBODY));
        }
    }

    @Test
    void aClientThatLeavesWhileAServerIsConnectedTo() throws Exception {
        try (FullSocket full = FullSocket.at(directory.resolve("full.sock"));
                TestProxy proxy = proxy(TriedServers.of(NOBODY, full.address()))) {
            leaveWhen(proxy, Phase.CONNECT);
        }
    }

    @Test
    void aClientThatLeavesBeforeTheServerGreets() throws Exception {
        FakeServer silent = server(Failure.IS_SILENT);
        FakeServer good = good();
        try (TestProxy proxy = proxy(TriedServers.of(NOBODY, silent.address(), good.address()))) {
            leaveWhen(proxy, Phase.LOGIN);

            await().untilAsserted(() -> assertThat(silent.active()).isZero());
            assertThat(good.connections()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesWhileTheServerDecides() throws Exception {
        FakeServer slow = server(c -> {
            c.greet();
            c.readLogin();
            c.stall();
        });
        try (TestProxy proxy = proxy(TriedServers.of(NOBODY, slow.address()))) {
            leaveWhen(proxy, Phase.LOGIN);

            await().untilAsserted(() -> assertThat(slow.active()).isZero());
        }
    }

    /** Logs in, and closes the connection when the session has come to a phase. */
    private void leaveWhen(TestProxy proxy, Phase phase) throws Exception {
        try (RawClient client = client(proxy)) {
            client.sendLogin(LOGIN);
            await().until(() -> proxy.list().getFirst().phase() == phase);
        }
        assertThat(cause()).isEqualTo("client_closed");
        assertThat(secrets).hasSize(1).allMatch(Secret::isEmpty);
    }

    @Test
    void theOldPasswordIsNotKeptForTheNewUser() throws Exception {
        FakeServer good = good();
        try (TestProxy proxy = proxy(TriedServers.of(NOBODY, good.address())); RawClient client = client(proxy)) {
            client.login(LOGIN);
            client.send("\21ann\0\4pw2\0shop\0-\0mysql_clear_password\0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.stream().read().isOk()).isTrue();

            assertThat(secrets).hasSize(2).allMatch(Secret::isEmpty);
        }
    }
}
