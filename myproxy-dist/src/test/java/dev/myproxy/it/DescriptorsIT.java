package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than descriptors: who is too many is told so, the others work, servers are not blamed, and nobody spins. */
class DescriptorsIT {

    private static final int LIMIT = 160;
    private static final Login LOGIN = Login.clear("joe", "");

    @TempDir
    private Path directory;

    private final List<RawClient> clients = new ArrayList<>();
    private Address address;
    private FakeServer server;
    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        address = Endpoints.unix(directory.resolve("s"));
        server = FakeServer.start(Endpoints.unix(directory.resolve("fake")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
        proxy = ProxyProcess.startWithDescriptors(LIMIT, directory,
                """
                local cluster = mysql_cluster({'%1$s/fake'}, {monitoring = true, interval = 0.2, fall = 1})
                mysql_listen('%1$s/s', {on_handshake_response = function(client, login)
                  return client:connect(cluster, {user = login.user})
                end})
                prometheus_listen('%1$s/metrics')
                """.formatted(directory));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void clientsAreRefusedUntilDescriptorsAreFree() throws IOException {
        // given a session, and more clients than there are descriptors
        RawClient early = connect().login(LOGIN);
        RawClient greeted = connect();
        greeted.readGreeting();
        for (int i = 0; i < LIMIT; i++) {
            connect();
        }

        // then the last one is told so, and the log says it once
        assertThat(clients.getLast().stream().read().err()).isEqualTo(new Err(1040, "", "Too many connections"));
        clients.getLast().expectEnd();
        assertThat(proxy.log()).filteredOn(line -> line.contains("Too many connections")).singleElement()
                .asString().contains("no descriptor is left");

        // and a login that needs one more is refused, which is not the server's fault
        Packet refusal = greeted.tryLogin(LOGIN);
        assertThat(refusal.err()).isEqualTo(new Err(1040, "08004", "Too many connections"));
        proxy.awaitLine(line -> line.contains("Failed to connect to") && line.contains("Too many open files"));
        connect();
        proxy.awaitLine(line -> line.contains("not checked, it stays alive"));

        // and those who are in go on
        await("a second with little to do").until(() -> {
            long cpu = proxy.process().cpuMillis();
            assertThat(early.stream().isQuiet(Duration.ofSeconds(1))).isTrue();
            return proxy.process().cpuMillis() - cpu < 500;
        });
        early.ping();

        // when others leave, then everything works again
        for (RawClient client : clients.subList(1, clients.size())) {
            client.close();
        }
        RawClient late = await().ignoreExceptions()
                .until(() -> connect().login(LOGIN), client -> true);
        late.ping();
        early.ping();
        assertThat(proxy.log()).noneMatch(line -> line.contains("alive -> dead"));
        assertThat(proxy.err().size()).as("log lines").isLessThan(20);
    }

    private RawClient connect() throws IOException {
        clients.add(RawClient.connect(address));
        return clients.getLast();
    }
}
