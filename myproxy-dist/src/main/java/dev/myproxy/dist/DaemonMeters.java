package dev.myproxy.dist;

import dev.myproxy.cluster.ClusterMeters;
import dev.myproxy.http.Readiness;
import dev.myproxy.metrics.EventLoopMeters;
import dev.myproxy.metrics.Metric;
import dev.myproxy.metrics.ProcessUsage;
import dev.myproxy.metrics.Servers;
import dev.myproxy.session.SessionMeters;
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
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;

/**
 * What the running daemon counts. Sessions count from the beginning; the process is measured, and everything shown, once
 * somebody can read it.
 */
final class DaemonMeters {

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Readiness readiness;
    private final Servers servers = new Servers();
    private final SessionMeters sessions = new SessionMeters(servers);
    private boolean shown;

    /** @param registry what {@code /metrics} shows */
    DaemonMeters(Vertx vertx, PrometheusMeterRegistry registry, Readiness readiness) {
        this.vertx = vertx;
        this.registry = registry;
        this.readiness = readiness;
    }

    /** A registry for a daemon. */
    static PrometheusMeterRegistry newRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new RuntimeNames());
        return registry;
    }

    /** What sessions count. */
    SessionMeters sessions() {
        return sessions;
    }

    /** Puts everything into the registry, the first time that it is called. Takes some time. */
    synchronized void show() {
        if (shown) {
            return;
        }
        shown = true;
        EventLoopGroup loops = ((VertxInternal) vertx).nettyEventLoopGroup();
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        prometheus.register(sessions);
        prometheus.register(servers);
        prometheus.register(new ClusterMeters(vertx, servers));
        prometheus.register(new EventLoopMeters(loops));
        prometheus.register(new ProcessUsage());
        BuildFacts facts = BuildFacts.of(Transport.quiet(vertx).sockets());
        prometheus.register(() -> facts.metric().snapshot());
        prometheus.register(() -> new Metric.Gauge("myproxy_ready", "1 while MySQL clients are accepted, else 0")
                .value(readiness.isReady() ? 1 : 0).snapshot());
        List.of(new JvmMemoryMetrics(), new JvmGcMetrics(), new JvmThreadMetrics(), new ClassLoaderMetrics(),
                new FileDescriptorMetrics(), new ProcessorMetrics(), new UptimeMetrics(),
                new NettyEventExecutorMetrics(loops)).forEach(meters -> meters.bindTo(registry));
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            new NettyAllocatorMetrics(allocator).bindTo(registry);
        }
    }
}
