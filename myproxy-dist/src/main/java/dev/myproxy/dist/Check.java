package dev.myproxy.dist;

import dev.myproxy.script.ScriptBus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code --check}: runs the configuration as the daemon would, but binds nothing. */
final class Check {

    private static final Logger LOG = LoggerFactory.getLogger(Check.class);

    private final Engines engines;

    Check(Engines engines) {
        this.engines = engines;
    }

    /**
     * Runs it once, and says that nothing is wrong.
     *
     * @throws FatalException if something is
     */
    ExitCode run(Invocation.Check check) throws FatalException {
        Loading loading = new Loading(engines);
        CheckedListeners listeners = new CheckedListeners();
        Vertx vertx = Reactor.start(1);
        ScriptBus.register(vertx.eventBus());
        loading.load(vertx, ConfigurationFile.of(check.configuration()), check.engine(),
                new DaemonHost(listeners, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
                new CompletableFuture<>());
        Lifecycle.requireListeners(listeners);
        LOG.info("{}: no mistake found, {} listener{}", check.configuration(), listeners.count(),
                listeners.count() == 1 ? "" : "s");
        return ExitCode.OK;
    }
}
