package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers wait for clients that don't read them, more than there is memory for: some of these sessions end, the others go on. */
class DirectMemoryIT {

    private static final Login LOGIN = Login.clear("joe", "");

    /** Each makes some 500 kB wait. */
    private static final int GREEDY = 100;

    private static final int ROW_BYTES = 60_000;

    @TempDir
    private Path directory;

    private final List<RawClient> greedy = new ArrayList<>();
    private Address address;
    private FakeServer server;
    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        address = Endpoints.unix(directory.resolve("s"));
        server = FakeServer.startForMany(Endpoints.unix(directory.resolve("fake")), DirectMemoryIT::flood);
        proxy = ProxyProcess.startWith("MYPROXY_JAVA_OPTS", "-XX:MaxDirectMemorySize=16m", directory,
                """
                mysql_listen('%1$s/s', {on_handshake_response = function(client, login)
                  return client:connect('%1$s/fake', {user = login.user})
                end})
                """.formatted(directory));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (RawClient client : greedy) {
            client.close();
        }
        server.close();
    }

    @Test
    void sessionsEndAndTheDaemonGoesOn() throws IOException {
        // given a session, and many whose clients don't read
        RawClient modest = RawClient.connect(address).login(LOGIN);
        greedy.add(modest);
        for (int i = 0; i < GREEDY; i++) {
            greedy.add(RawClient.connect(address).login(LOGIN));
        }
        for (RawClient client : greedy.subList(1, greedy.size())) {
            client.send(Command.QUERY.payload("SELECT everything"));
        }

        // then some of these end, which the log says in a line each
        await().until(() -> ended("no_memory") > 0);
        proxy.awaitLine(line -> line.contains("No memory is left for this session: failed to allocate"));
        modest.ping();

        // and who is left has what it had
        assertThat(ended("no_memory")).isLessThan(GREEDY);

        // when the others go, too, then everything works as before
        for (RawClient client : greedy.subList(1, greedy.size())) {
            client.close();
        }
        await().until(() -> ended("no_memory") + ended("client_closed") == GREEDY);
        for (int i = 0; i < 10; i++) {
            greedy.add(RawClient.connect(address).login(LOGIN));
            greedy.getLast().ping();
        }
        modest.ping();
        assertThat(proxy.log()).noneMatch(line -> line.contains("Unexpected failure") || line.contains("Exception"));
    }

    /** How many sessions have ended for a reason. */
    private long ended(String cause) {
        return proxy.log().stream().filter(line -> line.contains("cause=" + cause)).count();
    }

    private static void flood(ServerConnection connection) throws IOException {
        connection.greet();
        connection.acceptAll();
        while (connection.read().first() != Command.QUERY.code()) {
            connection.ok();
        }
        connection.definitions(List.of("x"));
        List<String> row = List.of("x".repeat(ROW_BYTES));
        while (true) {
            connection.row(row);
        }
    }
}
