package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A daemon in front of a cluster that it watches. A client's user name is its account; one with {@code reader} in it wants
 * a server that takes no writes. All log in to the servers as {@code app}.
 */
final class ClusterProxy implements Closeable {

    /** How long conditions may take to come true. Nothing here takes that long, but the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final ProxyProcess process;
    private final List<ReturningClient> clients = new ArrayList<>();

    private ClusterProxy(Path directory, ProxyProcess process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts the daemon.
     *
     * @param launcher a command that becomes the daemon; empty for none
     * @param nodes    the servers
     * @param options  of {@code mysql_cluster} besides the account, as in a Lua table
     */
    static ClusterProxy start(List<String> launcher, Path directory, List<Address> nodes, String options)
            throws IOException {
        String table = nodes.stream().map(node -> "'" + node + "'").collect(Collectors.joining(", "));
        return new ClusterProxy(directory, ProxyProcess.start(launcher, directory,
                """
                local cluster = mysql_cluster({%s}, {monitoring = true, user = 'monitor', password = 'geheim',
                  disconnect_unavailable = true, %s})
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  if login.user == 'state' or login.user == 'reason' then
                    local found = {}
                    for i, node in ipairs(cluster:nodes()) do found[i] = node[login.user] end
                    return client:err(table.concat(found, ' '))
                  end
                  client.account = login.user
                  return client:connect(cluster, {user = 'app', password = 'geheim'},
                    {read_only = login.user:find('reader') ~= nil, connect_timeout = 20})
                end})
                """.formatted(table, options, directory)));
    }

    Address address() {
        return Endpoints.unix(directory.resolve("s"));
    }

    ProxyProcess process() {
        return process;
    }

    /** The states of the nodes, as the script sees them, separated by blanks. */
    String states() throws IOException {
        return shown("state");
    }

    /** What the last checks have found. */
    String reasons() throws IOException {
        return shown("reason");
    }

    private String shown(String field) throws IOException {
        try (RawClient client = RawClient.connect(address())) {
            return client.tryLogin(Login.clear(field, "")).err().message();
        }
    }

    void awaitStates(String expected) {
        Awaitility.await("states of the nodes").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states())
                        .as(() -> "log: " + String.join("\n", checks()))
                        .isEqualTo(expected));
    }

    /** What the log says about the nodes. */
    private List<String> checks() {
        return process.log().stream().filter(line -> !line.contains(" end id="))
                .filter(line -> line.startsWith("[check/")
                        || !line.startsWith("["))
                .toList();
    }

    /** A client that is logged in with an account. */
    RawClient loggedIn(String account) throws IOException {
        return RawClient.connect(address()).limit(PATIENCE).login(Login.clear(account, ""));
    }

    /** The id of the server that an account comes to. */
    int serverOf(String account) throws IOException {
        try (RawClient client = loggedIn(account)) {
            return Integer.parseInt(client.query("SELECT @@server_id").value());
        }
    }

    /** Clients with sessions, with the accounts PREFIX0, PREFIX1 and so on; they leave with the daemon. */
    List<ReturningClient> clients(String prefix, int count) {
        List<ReturningClient> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(ReturningClient.start(address(), prefix + i));
        }
        clients.addAll(started);
        Awaitility.await("all clients").atMost(PATIENCE)
                .until(() -> started.stream().allMatch(client -> client.now().isPresent()));
        return started;
    }

    /** Lets clients go. */
    void dismiss(List<ReturningClient> leaving) throws IOException {
        for (ReturningClient client : leaving) {
            client.close();
        }
        clients.removeAll(leaving);
    }

    @Override
    public void close() throws IOException {
        dismiss(List.copyOf(clients));
        process.close();
    }
}
