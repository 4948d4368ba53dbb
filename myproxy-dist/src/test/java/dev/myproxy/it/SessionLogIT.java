package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the operator reads about a session. */
class SessionLogIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    @Test
    void aSessionLeavesItsTrail() throws IOException {
        String user = account("trail", DB.socket());
        DB.createAccount("trail", "top-secret-1", "trail");
        try (RawClient client = proxy.connect()) {
            client.login(Login.clear(user, "top-secret-1").withDatabase("trail"));
            client.query("SELECT 1").good();
            client.query("SELECT 2").good();
        }
        String pid = Long.toString(ProcessHandle.current().pid());
        proxy.process().awaitLine(line -> line.startsWith("[pid=" + pid + " ")
                && line.endsWith("] login user=\"" + user + "\" database=\"trail\""));
        proxy.process().awaitLine(line -> line.contains(" \"trail\"] connecting to " + DB.socket()));
        proxy.process().awaitLine(
                line -> line.contains(" \"trail\"] handshake server_version=\"11.4.5-MariaDB"));
        String last = proxy.process()
                .awaitLine(line -> line.contains("trail") && line.contains("queries=2") && line.contains("cause="));
        assertThat(last).contains("account=", "listener=", "server=", "phase=", "id=");
        assertThat(proxy.process().log()).noneMatch(line -> line.contains("top-secret-1"));
    }

    @Test
    void hostileNamesStayOnTheirLine() throws IOException {
        try (RawClient client = proxy.connect()) {
            client.tryLogin(Login.clear("evil\n[pid=1] fake \"quote\" \u001b[31m", "x"));
        }
        String line = proxy.process().awaitLine(l -> l.contains("evil"));
        assertThat(line).contains("user=\"evil\\n[pid=1] fake \\\"quote\\\" \\x1b[31m\"");
        assertThat(proxy.process().log()).noneMatch(l -> l.startsWith("[pid=1] fake"));
    }
}
