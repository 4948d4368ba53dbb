package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the daemon puts accounts: the order of 127.0.0.2, .3 and .4 for each, by another program's BLAKE2b. */
@OwnServers
class ClusterPlacementIT {

    private static final Map<String, String> ORDERS = Map.ofEntries(Map.entry("joe", "210"), Map.entry("ann", "012"),
            Map.entry("bob", "021"), Map.entry("eve", "012"), Map.entry("kim", "210"), Map.entry("lee", "012"),
            Map.entry("max", "012"), Map.entry("pat", "102"), Map.entry("sam", "021"), Map.entry("tim", "012"),
            Map.entry("uma", "012"), Map.entry("zoe", "102"), Map.entry("web1", "120"), Map.entry("web2", "210"),
            Map.entry("web3", "102"), Map.entry("shop", "210"), Map.entry("blog", "201"), Map.entry("mail", "102"),
            Map.entry("wiki", "120"), Map.entry("crm", "210"));

    @TempDir
    private Path directory;

    private final List<FakeServer> servers = new ArrayList<>();
    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < 3; i++) {
            int node = i;
            servers.add(FakeServer.start(new Address.Inet(new InetSocketAddress(
                    InetAddress.getByName("127.0.0." + (2 + i)), 0)), c -> {
                        c.greet();
                        c.acceptAll();
                        c.expect(Command.PING.payload());
                        c.ok(node);
                        c.serve();
                    }));
        }
        proxy = ProxyProcess.start(directory,
                """
                local cluster = mysql_cluster({'%s', '%s', '%s'})
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  client.account = login.user
                  return client:connect(cluster, login, {connect_timeout = 20})
                end})
                """.formatted(servers.get(0).address(), servers.get(1).address(), servers.get(2).address(),
                        directory));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (FakeServer server : servers) {
            server.close();
        }
    }

    @Test
    void eachAccountHasItsNodeAndComesToTheNextOneWithoutIt() throws IOException {
        assertThat(nodes()).isEqualTo(expected(0, 1, 2));

        servers.get(2).close();
        assertThat(nodes()).isEqualTo(expected(0, 1));

        servers.get(0).close();
        assertThat(nodes()).isEqualTo(expected(1));

        servers.get(1).close();
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            assertThat(client.tryLogin(Login.clear("joe", "")).err().code()).isEqualTo(1043);
        }
    }

    private static Map<String, Integer> expected(Integer... working) {
        Map<String, Integer> expected = new HashMap<>();
        ORDERS.forEach((account, order) -> expected.put(account, order.chars().map(digit -> digit - '0').boxed()
                .filter(List.of(working)::contains).findFirst().orElseThrow()));
        return expected;
    }

    private Map<String, Integer> nodes() throws IOException {
        Map<String, Integer> nodes = new HashMap<>();
        for (String account : ORDERS.keySet()) {
            try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
                client.login(Login.clear(account, ""));
                nodes.put(account, client.run(Command.PING).last().payload()[3] & 0xff);
            }
        }
        return nodes;
    }
}
