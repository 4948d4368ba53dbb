package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServersTest {

    private static final Address ONE = new Address.UnixPath("/run/one");

    private final AtomicLong now = new AtomicLong(7);
    private final Servers servers = new Servers(now::get);
    private final EventLoop loop = new DefaultEventLoop();
    private final EventLoop otherLoop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        var _ = otherLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private MetricSnapshot metric(String name) {
        return servers.collect().stream().filter(m -> m.getMetadata().getPrometheusName().equals(name)).findFirst()
                .orElseThrow();
    }

    private Map<String, Double> shown(String name) {
        Map<String, Double> values = new TreeMap<>();
        metric(name).getDataPoints().forEach(point -> values.put(point.getLabels().get("server"), switch (point) {
            case CounterDataPointSnapshot counter -> counter.getValue();
            case GaugeDataPointSnapshot gauge -> gauge.getValue();
            default -> throw new AssertionError(point);
        }));
        return values;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void addsUpWhatAllEventLoopsCount() {
        Server server = servers.use(ONE);
        server.on(loop).add(ServerCounter.QUERIES, 2);
        server.on(otherLoop).add(ServerCounter.QUERIES, 3);
        server.on(loop).add(ServerCounter.QUERY_WAIT, 1_500_000_000);
        servers.use(Address.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3306)));

        assertThat(shown("myproxy_server_queries")).containsExactly(Map.entry("/run/one", 5.0),
                Map.entry("127.0.0.1:3306", 0.0));
        assertThat(shown("myproxy_server_query_wait_seconds")).containsEntry("/run/one", 1.5);
        assertThat(servers.use(ONE)).isSameAs(server);
    }

    @Test
    void sessionsComeAndGo() {
        Server server = servers.use(ONE);
        server.entered();
        server.entered();
        server.left();

        assertThat(shown("myproxy_server_sessions")).containsExactly(Map.entry("/run/one", 1.0));
    }

    @Test
    void aServerIsForgottenAnHourAfterItsLastUse() {
        Server server = servers.use(ONE);
        servers.use(ONE);
        servers.release(server);
        pass(Duration.ofDays(1));
        assertThat(shown("myproxy_server_queries")).containsKey("/run/one");

        servers.release(server);
        pass(Servers.KEPT.minusSeconds(2));
        assertThat(shown("myproxy_server_queries")).containsKey("/run/one");
        pass(Duration.ofSeconds(2));

        assertThat(shown("myproxy_server_queries")).isEmpty();
        assertThat(servers.use(ONE)).isNotSameAs(server);
    }

    @Test
    void tooManyServersAreCountedTogether() {
        Server first = servers.use(new Address.UnixPath("/run/0"));
        for (int i = 1; i < Servers.MAX_SERVERS; i++) {
            servers.use(new Address.UnixPath("/run/" + i));
        }
        Server other = servers.use(ONE);
        other.on(loop).add(ServerCounter.CONNECTS, 1);
        servers.use(new Address.UnixPath("/run/two")).on(loop).add(ServerCounter.CONNECTS, 1);

        assertThat(shown("myproxy_server_connects")).hasSize(Servers.MAX_SERVERS + 1).containsEntry("other", 2.0)
                .doesNotContainKey("/run/one");

        servers.release(first);
        pass(Servers.KEPT);
        servers.use(ONE);
        assertThat(shown("myproxy_server_connects")).containsEntry("/run/one", 0.0).containsEntry("other", 2.0);
    }
}
