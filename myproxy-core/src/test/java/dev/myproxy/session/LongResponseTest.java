package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses that pass in pieces of the size that servers write. */
class LongResponseTest {

    private static final int ROWS = 5 * Gathering.LONG_BYTES / Gathering.LEAST_BYTES;

    @Test
    void allOfItPassesAndWhatFollows() throws Exception {
        String value = "z".repeat(4 * Gathering.LEAST_BYTES);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            for (int round = 0; round < 2; round++) {
                c.read();
                c.definitions(List.of("a"));
                for (int i = 0; i < ROWS / 4; i++) {
                    c.row(List.of(value));
                }
                c.eof(Flags.AUTOCOMMIT);
            }
            c.serve();
        }); TestProxy proxy = TestProxy.to(server.address()); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(Login.clear("joe", "secret"));

            for (int round = 0; round < 2; round++) {
                client.send(Command.QUERY.payload("SELECT a FROM t"));
                assertThat(client.reply(Command.QUERY, 1, false).rows()).isEqualTo(ROWS / 4);
            }
            assertThat(client.query("SELECT 1").value()).isEqualTo("1");
        }
    }
}
