package dev.myproxy.dist;

import dev.myproxy.http.Readiness;
import dev.myproxy.metrics.Servers;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import java.io.IOException;

/** What the running daemon counts: sessions from the beginning, the rest once somebody can read it. */
final class DaemonMeters {

    private final Deployer deployer;
    private final Transport transport;
    private final PrometheusMeterRegistry registry;
    private final Readiness readiness;
    private final Servers servers = new Servers();
    private final SessionMeters sessions = new SessionMeters(servers);
    private boolean shown;

    /**
     * @param transport what sessions are connected with
     * @param registry  what {@code /metrics} shows
     */
    DaemonMeters(Deployer deployer, Transport transport, PrometheusMeterRegistry registry, Readiness readiness) {
        this.deployer = deployer;
        this.transport = transport;
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

    /** Puts everything into the registry, the first time that it is called. Blocks the calling thread. */
    synchronized void show() throws IOException {
        if (!shown) {
            deployer.deploy(new MetricsVerticle(registry, transport, sessions, servers, readiness),
                    new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
            shown = true;
        }
    }
}
