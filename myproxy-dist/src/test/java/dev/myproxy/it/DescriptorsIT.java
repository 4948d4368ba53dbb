package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than descriptors: the ones too many wait, the others work, and nobody spins. */
class DescriptorsIT {

    private static final int LIMIT = 160;

    @TempDir
    private Path directory;

    @Test
    void clientsWaitUntilDescriptorsAreFree() throws IOException {
        Address address = Endpoints.unix(directory.resolve("s"));
        List<RawClient> clients = new ArrayList<>();
        try (FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("fake")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
                ProxyProcess proxy = ProxyProcess.startWithDescriptors(LIMIT, directory,
                        """
                        mysql_listen('%s/s', {on_handshake_response = function(client, login)
                          local account, server = login.user:match('^(%%S+) (%%S+)$')
                          return client:connect(server, {user = account})
                        end})
                        """.formatted(directory))) {
            Login login = Login.clear(account("joe", server.address()), "");
            RawClient early = RawClient.connect(address).login(login);
            clients.add(early);
            for (int i = 0; i < LIMIT; i++) {
                clients.add(RawClient.connect(address));
            }
            assertThat(clients.getLast().stream().isQuiet(Duration.ofSeconds(2))).as("last client waits").isTrue();
            early.ping();
            long cpu = proxy.process().cpuMillis();
            assertThat(clients.getLast().stream().isQuiet(Duration.ofSeconds(2))).isTrue();
            assertThat(proxy.process().cpuMillis() - cpu).as("milliseconds of processor time").isLessThan(500);
            assertThat(proxy.err().size()).as("log lines").isLessThan(10);
            RawClient last = clients.removeLast();
            for (RawClient client : clients.subList(1, clients.size())) {
                client.close();
            }
            last.login(login).ping();
            early.ping();
            last.close();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
