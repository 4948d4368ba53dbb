package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRules;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.TrustedProxies;
import dev.myproxy.session.SlowStep.Answer;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that stop somewhere in their login, or send a byte now and then. Each of them is sent away when the time for the login is
 * over, and leaves nothing.
 */
class SlowLorisTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(10);

    @TempDir
    private Path directory;

    @Test
    void overTcp() throws Exception {
        check(Endpoints.tcp(0), ListenOptions.builder(), Stream.of(SlowStep.values()));
    }

    @Test
    void overUnixSockets() throws Exception {
        check(Endpoints.unix(directory.resolve("s")), ListenOptions.builder(),
                Stream.of(SlowStep.values()).filter(step -> !step.isForNetworks()));
    }

    @Test
    void beforeTheHeaderOfABalancer() throws Exception {
        ListenOptions.Builder behind = ListenOptions.builder()
                .proxyProtocol(new TrustedProxies(new AllowedSenders(List.of(SenderRules.parse("127.0.0.1")))));
        check(Endpoints.tcp(0), behind, Stream.of(SlowStep.HEADER_LINE, SlowStep.HEADER_BINARY));
    }

    private void check(Address listener, ListenOptions.Builder options, Stream<SlowStep> steps) throws Exception {
        List<SlowStep> all = steps.filter(step -> step.isForHeaders() == options.build().proxyProtocol().isPresent())
                .toList();
        Duration limit = SHORT;
        while (!areSentAway(listener, options.loginTimeout(limit).rsaKey(TestKeys.shortKey()).build(), all)) {
            // The machine is so slow that some had no time to come as far as they should.
            limit = limit.multipliedBy(4);
            assertThat(limit).as("time to come as far as that").isLessThan(LONG);
        }
    }

    private static boolean areSentAway(Address listener, ListenOptions options, List<SlowStep> steps)
            throws Exception {
        Queue<SlowStep> late = new ConcurrentLinkedQueue<>();
        try (SessionLines lines = new SessionLines();
                EntranceLines _ = new EntranceLines();
                TestProxy proxy = TestProxy.startAt(listener, new Handlers(1, Set.of(), options),
                        _ -> new Decision.Failed("nobody comes so far"));
                ExecutorService clients = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (SlowStep step : steps) {
                for (boolean dripping : new boolean[]{false, true}) {
                    running.add(clients.submit(() -> {
                        try (RawClient client = RawClient.connect(proxy.address()).limit(LONG)) {
                            byte[] rest = step.reach(client);
                            if (rest.length == 0 || !isSentAway(client, step, dripping ? rest : new byte[0])) {
                                late.add(step);
                            }
                        }
                        return true;
                    }));
                }
            }
            for (Future<?> client : running) {
                client.get();
            }
            await().until(() -> proxy.sessions().count() == 0);
            if (!late.isEmpty()) {
                return false;
            }
            String cause = options.proxyProtocol().isPresent() ? "proxy_header" : "login_timeout";
            assertThat(lines.ended()).hasSize(2 * steps.size()).extracting(SessionLines.Ended::cause)
                    .containsOnly(cause);
            assertThat(disconnects(proxy, cause)).isEqualTo(2 * steps.size());
            assertThat(proxy.sessions().admissions().logins()).isZero();
            assertThat(proxy.sessions().admissions().connections()).isZero();
            Timers.awaitNone(proxy.vertx());
            return true;
        }
    }

    /** Whether the client has heard what it should; false if the proxy had not seen yet how far it had come. */
    private static boolean isSentAway(RawClient client, SlowStep step, byte[] drops) {
        int sent = 0;
        try {
            while (client.stream().isQuiet(BETWEEN_BYTES)) {
                if (sent < drops.length) {
                    client.stream().raw(drops[sent++]);
                }
            }
            step.answer().check(client);
            return true;
        } catch (IOException _) {
            // Within a handshake nothing can be said, and what comes too late is answered by a reset.
            return step.answer().equals(Answer.NOTHING);
        }
    }

    private static double disconnects(TestProxy proxy, String cause) {
        return proxy.sessions().meters().collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals("myproxy_disconnects"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> cause.equals(point.getLabels().get("cause")))
                .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue()).sum();
    }
}
