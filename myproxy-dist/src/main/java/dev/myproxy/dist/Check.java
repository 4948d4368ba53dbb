package dev.myproxy.dist;

import dev.myproxy.bus.LocalCodec;
import dev.myproxy.script.Finding;
import dev.myproxy.script.Rehearsal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --check}: runs the configuration as the daemon would, but binds nothing and connects to nothing, and inspects its
 * sources.
 */
final class Check {

    private static final Logger LOG = LoggerFactory.getLogger(Check.class);

    private final Engines engines;
    private final Consumer<String> err;

    /**
     * @param err takes the lines that say what is wrong
     */
    Check(Engines engines, Consumer<String> err) {
        this.engines = engines;
        this.err = err;
    }

    /**
     * Runs it once, and tells what is wrong.
     *
     * @return {@link ExitCode#CONFIG} if there is an error, or, for strict checks, a warning
     * @throws FatalException if the check itself fails
     */
    ExitCode run(Invocation.Check check) throws FatalException {
        ConfigurationFile file = ConfigurationFile.of(check.configuration());
        CheckedListeners listeners = new CheckedListeners();
        List<Rehearsal> rehearsals = new ArrayList<>(1);
        Optional<FatalException> failure = load(check, file, listeners, rehearsals);
        List<Finding> inspected = rehearsals.stream().flatMap(rehearsal -> rehearsal.inspection().get().stream())
                .toList();
        CheckReport report = CheckReport.of(inspected, failure);
        report.lines().forEach(err);
        String counted = report.isEmpty() ? "no mistake found" : report.summary();
        LOG.info("{}: {}, {} listener{}", check.configuration(), counted, listeners.count(),
                listeners.count() == 1 ? "" : "s");
        return report.isGood(check.strict()) ? ExitCode.OK : ExitCode.CONFIG;
    }

    /** Runs the configuration; returns what is wrong with it. */
    private Optional<FatalException> load(Invocation.Check check, ConfigurationFile file, CheckedListeners listeners,
            List<Rehearsal> rehearsals) throws FatalException {
        Vertx vertx = Reactor.start(1);
        LocalCodec.register(vertx.eventBus());
        DaemonHost host = new DaemonHost(listeners, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        try {
            new Loading(engines).load(vertx, file, check.engine(), engine -> {
                Rehearsal rehearsal = engine.rehearsal(file.path(), host);
                rehearsals.add(rehearsal);
                return rehearsal.verticle();
            }, new CompletableFuture<>());
            Lifecycle.requireListeners(listeners);
            return Optional.empty();
        } catch (FatalException e) {
            if (e.exitCode() != ExitCode.CONFIG) {
                throw e;
            }
            return Optional.of(e);
        } finally {
            vertx.close();
        }
    }
}
