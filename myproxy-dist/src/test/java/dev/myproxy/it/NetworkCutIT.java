package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters in networks of their own. */
@OwnServers
class NetworkCutIT {

    @TempDir
    private Path directory;

    private static NetworkNamespaces networks;

    @BeforeAll
    static void makeNetworks() throws IOException {
        networks = NetworkNamespaces.create();
    }

    @AfterAll
    static void removeNetworks() throws IOException {
        if (networks != null) {
            networks.close();
        }
    }

    @Test
    void sessionsLeaveANodeThatIsNotHeardOfAnyMore() throws IOException, InterruptedException {
        try (EmbeddedMariaDb far = EmbeddedMariaDb.start(networks.there(), "--bind-address=" + NetworkNamespaces.THERE,
                "--server-id=1");
                EmbeddedMariaDb near = EmbeddedMariaDb.start(networks.here(), "--server-id=2")) {
            Address farAddress = new Address.Inet(new InetSocketAddress(NetworkNamespaces.THERE, far.port()));
            far.execute(ReplicatedMariaDb.ACCOUNTS);
            near.execute(ReplicatedMariaDb.ACCOUNTS);
            try (ClusterProxy proxy = ClusterProxy.start(networks.here(), directory, List.of(farAddress, near.tcp()),
                    "interval = 0.2, timeout = 4")) {
                proxy.awaitStates("alive alive");
                List<ReturningClient> clients = proxy.clients("client", 40);
                List<ReturningClient> cutOff = clients.stream().filter(client -> client.isAt(1)).toList();
                List<ReturningClient> others = clients.stream().filter(client -> client.isAt(2)).toList();
                assertThat(cutOff).isNotEmpty();
                assertThat(others).isNotEmpty();

                networks.cut();
                proxy.awaitStates("dead alive");
                Awaitility.await("all at the other node").atMost(ClusterProxy.PATIENCE)
                        .until(() -> clients.stream().allMatch(client -> client.isAt(2)));
                assertThat(cutOff).allSatisfy(client -> assertThat(client.errors())
                        .contains(new Err(1047, "08S01", "Node is unavailable")));
                assertThat(others).allSatisfy(client -> assertThat(client.visits()).hasSize(1));
                assertThat(proxy.process().log())
                        .anyMatch(line -> line.startsWith("[check/" + farAddress + "] Timeout after 4 s while "));

                networks.mend();
                proxy.awaitStates("alive alive");
                String account = "client" + clients.indexOf(cutOff.getFirst());
                assertThat(proxy.serverOf(account)).isEqualTo(1);
            }
        }
    }

    /** The order of these servers for joe is that of the hashes of the C++ myproxy. Nobody is at home at any of them. */
    @Test
    void accountsAreWhereTheyWereWithTheCppMyproxy() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.start(networks.here(), directory,
                """
                local cluster = mysql_cluster({'192.168.0.2', '192.168.0.3', '::1', '/run/mysql.sock', '@server4'})
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  client.account = login.user
                  return client:connect(cluster, login)
                end})
                """.formatted(directory));
                RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            assertThat(client.tryLogin(Login.clear("joe", "")).isErr()).isTrue();

            String connecting = "connecting to ";
            Awaitility.await().atMost(ClusterProxy.PATIENCE).until(
                    () -> proxy.log().stream().anyMatch(line -> line.endsWith(connecting + "/run/mysql.sock")));
            assertThat(proxy.log().stream().filter(line -> line.contains(connecting))
                    .map(line -> line.substring(line.indexOf(connecting) + connecting.length())))
                    .containsExactly("192.168.0.3:3306", "@server4", "[::1]:3306", "192.168.0.2:3306",
                            "/run/mysql.sock");
        }
    }
}
