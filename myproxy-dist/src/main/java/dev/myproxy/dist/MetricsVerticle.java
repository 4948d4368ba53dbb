package dev.myproxy.dist;

import dev.myproxy.cluster.ClusterMeters;
import dev.myproxy.http.Readiness;
import dev.myproxy.metrics.EventLoopMeters;
import dev.myproxy.metrics.Metric;
import dev.myproxy.metrics.ProcessUsage;
import dev.myproxy.metrics.Servers;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.concurrent.EventExecutor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts what the daemon counts into the registry that {@code /metrics} shows, and measures the process. Hears of nodes over the
 * event bus. To be deployed as a worker: its start takes some time.
 */
final class MetricsVerticle extends VerticleBase {

    private final PrometheusMeterRegistry registry;
    private final Transport transport;
    private final SessionMeters sessions;
    private final Servers servers;
    private final Readiness readiness;

    /** @param transport what sessions are connected with */
    MetricsVerticle(PrometheusMeterRegistry registry, Transport transport, SessionMeters sessions, Servers servers,
            Readiness readiness) {
        this.registry = registry;
        this.transport = transport;
        this.sessions = sessions;
        this.servers = servers;
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        List<EventExecutor> loops = loops();
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        prometheus.register(sessions);
        prometheus.register(servers);
        prometheus.register(new ClusterMeters(vertx, servers));
        prometheus.register(new EventLoopMeters(loops));
        prometheus.register(new ProcessUsage());
        BuildFacts facts = BuildFacts.of(transport.sockets());
        prometheus.register(() -> facts.metric().snapshot());
        prometheus.register(() -> new Metric.Gauge("myproxy_ready", "1 while MySQL clients are accepted, else 0")
                .value(readiness.isReady() ? 1 : 0).snapshot());
        List.of(new JvmMemoryMetrics(), new JvmGcMetrics(), new JvmThreadMetrics(), new ClassLoaderMetrics(),
                new FileDescriptorMetrics(), new ProcessorMetrics(), new UptimeMetrics(),
                new NettyEventExecutorMetrics(loops)).forEach(meters -> meters.bindTo(registry));
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            new NettyAllocatorMetrics(allocator).bindTo(registry);
        }
        return Future.succeededFuture();
    }

    /** Vert.x's own, and those of the sessions, if these are others. */
    private List<EventExecutor> loops() {
        Set<EventExecutor> loops = new LinkedHashSet<>();
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loops::add);
        transport.loops().forEach(loops::add);
        return List.copyOf(loops);
    }
}
