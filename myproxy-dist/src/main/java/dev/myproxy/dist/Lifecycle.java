package dev.myproxy.dist;

import java.time.Duration;
import dev.myproxy.dist.systemd.ServiceVariables;
import dev.myproxy.dist.systemd.Service;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.inherit.InheritedSockets;
import java.util.List;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the daemon, on the main thread: starts the parts in order, waits for a signal, stops them.
 *
 * <p>The order: Vert.x; the script in its directory, which binds the listeners; accepting; {@code READY=1}. It ends with
 * the listeners, then the sessions, then the script.
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final int STOP_SECONDS = 10;

    /** How long the service manager is to wait at least after each word about how far letting clients go has come. */
    private static final Duration PATIENCE = Draining.INTERVAL.multipliedBy(3).plusSeconds(STOP_SECONDS);

    private final Engines engines;

    Lifecycle(Engines engines) {
        this.engines = engines;
    }

    /**
     * Runs until SIGTERM or SIGINT.
     *
     * @throws FatalException if it can't start
     */
    ExitCode run(Invocation.Run run) throws FatalException {
        StopSignal stop = StopSignal.install();
        ReloadSignal reload = ReloadSignal.install();
        InheritedSockets inherited = early(InheritedSockets::ofProcess);
        ServiceVariables variables = early(ServiceVariables::ofProcess);
        Loading loading = new Loading(engines);
        PrometheusMeterRegistry meters = DaemonMeters.newRegistry();
        int loops = Reactor.eventLoops(Runtime.getRuntime().availableProcessors(), Reactor::setting);
        TransportChoice choice = TransportChoice.of(Reactor::setting);
        Vertx vertx = Reactor.start(loops, meters, choice.ofVertx());
        Transport transport = choice.ofSessions(vertx, loops);
        LocalCodec.register(vertx.eventBus());
        Service service = Service.of(vertx, variables);
        ConfigurationFile configuration = ConfigurationFile.of(run.configuration());
        service.status("Loading " + configuration.path());
        Status status = new Status(configuration.base().resolve(configuration.path()).toString(), meters);
        Listeners listeners = new DaemonListeners(vertx, transport, inherited, configuration.base(), meters, status);
        Configurations configurations = new Configurations(vertx, loading, configuration, listeners, meters);
        boolean loaded = configurations.load(run.engine(), status, stop.received());
        if (loaded) {
            warnOf(listeners.unused());
            listeners.accept();
            Supplier<Future<Reloaded>> reloading = () -> service.reload(configurations::callReload);
            reload.call(() -> {
                var _ = reloading.get();
            });
            status.reloads(reloading);
            service.ready(listeners.eventLoops(), listeners::sessions, configurations::ping);
            listeners.prepare();
            stop.received().join();
        }
        service.stopping();
        configurations.freeze();
        stop(vertx, listeners, loaded ? Optional.of(configurations) : Optional.empty(),
                new Draining(listeners::progress, now -> {
                    service.extendTimeout(PATIENCE);
                    service.status(Draining.text(now));
                }), stop.received().join() != StopSignal.TERM);
        transport.close();
        return ExitCode.OK;
    }

    /** Something that has to be found out before there are other threads. */
    @FunctionalInterface
    private interface Fact<T> {
        T learn() throws ErrnoException;
    }

    private static <T> T early(Fact<T> fact) throws FatalException {
        try {
            return fact.learn();
        } catch (ErrnoException e) {
            throw new FatalException(ExitCode.FAILURE, e);
        }
    }

    /** Says which inherited sockets nobody has taken. */
    static void warnOf(List<String> unused) {
        if (!unused.isEmpty()) {
            LOG.warn(
                    "The configuration uses not all that the daemon was started with, but leaves {}; clients there wait for ever",
                    String.join(", ", unused));
        }
    }

    /** Fails unless the configuration made a listener. */
    static void requireListeners(Listeners listeners) throws FatalException {
        if (listeners.count() == 0) {
            throw new FatalException(ExitCode.CONFIG, "No listeners configured");
        }
    }

    private static void stop(Vertx vertx, Listeners listeners, Optional<Configurations> scripts, Draining draining,
            boolean atOnce) {
        draining.await(listeners.drain(atOnce));
        end("closing clients", listeners.close());
        // without a script its thread is busy with a configuration that nobody waits for any more
        scripts.ifPresent(s -> {
            end("stopping the script", s.stop());
            end("stopping", vertx.close());
        });
    }

    private static void end(String what, Future<?> ended) {
        try {
            ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn("{}: given up after {} s", what, STOP_SECONDS);
        } catch (Exception e) {
            // await throws what the future failed with, checked exceptions too
            LOG.warn("{} failed", what, e);
        }
    }
}
