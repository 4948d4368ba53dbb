package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a session no longer holds when it has logged in. */
class ArrivedSessionTest {

    @Test
    void letsGoOfTheLogin() throws Exception {
        Queue<WeakReference<Decision>> decisions = new ConcurrentLinkedQueue<>();
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.stall();
        }); TestProxy proxy = TestProxy.start(Handlers.of(1), event -> {
            Decision decision = TestProxy.connect(event, server.address());
            decisions.add(new WeakReference<>(decision));
            return decision;
        }); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(Login.clear("joe", "secret"));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                System.gc();
                assertThat(decisions).hasSize(1).allMatch(decision -> decision.refersTo(null));
            });
            assertThat(proxy.sessions().count()).isOne();
        }
    }
}
