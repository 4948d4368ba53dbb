package dev.myproxy.dist;

import dev.myproxy.script.ReloadReply;
import dev.myproxy.script.ScriptEngine;
import dev.myproxy.script.ScriptException;
import dev.myproxy.script.ScriptRun;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of the configuration: the one in force, and former ones until their last session has ended. Safe to use from every
 * thread.
 *
 * <p>Loading it again: a new script runs in a verticle of its own, and wants listeners, which it takes over where its
 * predecessor has the same. If it fails, what was made for it is closed, and nothing else has happened. If it succeeds, all
 * listeners change hands.
 */
final class Configurations {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    /** How long it may take to load one again unless somebody says otherwise. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Duration limit;
    private final Vertx vertx;
    private final Loading loading;
    private final ConfigurationFile file;
    private final Listeners listeners;
    private final MeterRegistry meters;
    private final FormerScripts former;
    private final ReloadMeters reloads;
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
    private Optional<Script> inForce = Optional.empty();
    private Optional<ScriptEngine> engine = Optional.empty();
    private CompletableFuture<?> lastStart = CompletableFuture.completedFuture(true);
    private Optional<Promise<Void>> next = Optional.empty();
    /** What went wrong the last time that it was loaded again, since SIGHUP. */
    private Optional<String> problem = Optional.empty();
    /** Whether it was loaded again since SIGHUP. */
    private boolean loaded;
    private boolean busy;
    private boolean stopping;

    Configurations(Vertx vertx, Loading loading, ConfigurationFile file, Listeners listeners, MeterRegistry meters) {
        this(vertx, loading, file, listeners, meters, LIMIT, FormerScripts.MOST);
    }

    /**
     * @param limit how long it may take to load one again
     * @param most  how many former ones there may be
     */
    Configurations(Vertx vertx, Loading loading, ConfigurationFile file, Listeners listeners, MeterRegistry meters,
            Duration limit, int most) {
        this.limit = limit;
        this.vertx = vertx;
        this.loading = loading;
        this.file = file;
        this.listeners = listeners;
        this.meters = meters;
        this.former = new FormerScripts(meters, most);
        this.reloads = new ReloadMeters(meters);
    }

    /**
     * Loads it for the first time; nothing is accepted yet.
     *
     * @param name      of the engine; the best one if empty
     * @param status    gets to know the engine
     * @param cancelled completed when nobody needs the script any more
     * @return false if cancelled
     * @throws FatalException if the configuration is wrong
     */
    boolean load(Optional<String> name, Status status, CompletableFuture<?> cancelled) throws FatalException {
        ScriptRun first = ScriptRun.first();
        DaemonHost host = host(first, false);
        Optional<Script> script = loading.load(vertx, file, name, chosen -> {
            engine = Optional.of(chosen);
            status.engine(chosen.name());
            return chosen.verticle(file.path(), host);
        }, first, cancelled);
        synchronized (this) {
            inForce = script;
        }
        if (script.isPresent()) {
            Lifecycle.requireListeners(listeners);
            reloads.loaded();
        }
        return script.isPresent();
    }

    private DaemonHost host(ScriptRun run, boolean again) {
        return new DaemonHost(listeners, meters, run, shared, () -> reload(run), again);
    }

    /**
     * Calls the script's {@code reload}.
     *
     * @return completes when that has ended; fails with a text for the administrator if the configuration was to be loaded again,
     *         and could not, or if the function raised an error
     */
    synchronized Future<Reloaded> callReload() {
        if (stopping || inForce.isEmpty()) {
            return Future.failedFuture(new ScriptException("the daemon is stopping"));
        }
        problem = Optional.empty();
        loaded = false;
        Thread.ofVirtual().start(listeners::refreshCertificates);
        return inForce.get().reload().compose(this::outcome);
    }

    private synchronized Future<Reloaded> outcome(ReloadReply reply) {
        if (problem.isPresent()) {
            return Future.failedFuture(new ScriptException(problem.get()));
        }
        return switch (reply) {
            case ReloadReply.Failed(var message) ->
                Future.failedFuture(new ScriptException("the script's function reload failed: " + message));
            case ReloadReply.Nothing() -> Future.succeededFuture(Reloaded.NOTHING);
            case ReloadReply.Ended() -> Future.succeededFuture(loaded ? Reloaded.LOADED : Reloaded.CALLED);
        };
    }

    /** Completes as soon as the thread of the script in force has time. */
    synchronized Future<Void> ping() {
        return inForce.map(Script::ping).orElseGet(Future::succeededFuture);
    }

    /**
     * Loads it again. One at a time: those who ask meanwhile share the one that follows.
     *
     * @param asker the run whose script asks for that
     * @return completes when the new one is in force; fails with a text for the administrator. On any thread
     */
    private synchronized Future<Void> reload(ScriptRun asker) {
        if (stopping) {
            return failure("the daemon is stopping");
        }
        if (asker.isReplaced()) {
            return failure("a newer configuration is in force already; it is the one to load itself again");
        }
        Promise<Void> promise = next.orElseGet(Promise::promise);
        next = Optional.of(promise);
        if (!busy) {
            start();
        }
        return promise.future();
    }

    private static Future<Void> failure(String text) {
        return Future.failedFuture(new ScriptException(text));
    }

    private void start() {
        busy = true;
        Promise<Void> asked = next.orElseThrow();
        next = Optional.empty();
        Thread.ofPlatform().name("myproxy-reload").daemon().start(() -> finish(asked, again()));
    }

    private void finish(Promise<Void> asked, Optional<String> found) {
        synchronized (this) {
            busy = false;
            problem = found;
            loaded = found.isEmpty();
            if (next.isPresent()) {
                start();
            }
        }
        found.ifPresentOrElse(text -> asked.fail(new ScriptException(text)), asked::complete);
    }

    /** Returns what went wrong. */
    private Optional<String> again() {
        long begin = System.nanoTime();
        ScriptRun run = new ScriptRun(numberOf() + 1);
        DaemonHost host = host(run, true);
        listeners.begin();
        try {
            former.requireRoom();
            Script script = start(run, host);
            try {
                Lifecycle.requireListeners(listeners);
                replace(script, host);
            } catch (FatalException e) {
                stop(script);
                throw e;
            }
        } catch (FatalException e) {
            host.close();
            end("closing the listeners of a configuration that failed", listeners.rollback());
            String text = String.join("\n", host.exitCode().isPresent()
                    ? List.of("the configuration called os.exit(" + host.exitCode().getAsInt() + ")")
                    : e.lines());
            reloads.failed();
            LOG.error("The configuration was not loaded again, the one in force stays so: {}", text);
            return Optional.of(text);
        }
        reloads.succeeded();
        LOG.info("The configuration was loaded again, within {} ms{}",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(), former.remark());
        return Optional.empty();
    }

    private synchronized int numberOf() {
        return inForce.map(script -> script.run().number()).orElse(0);
    }

    private Script start(ScriptRun run, DaemonHost host) throws FatalException {
        if (!lastStart.isDone()) {
            throw new FatalException(ExitCode.CONFIG,
                    "the configuration that was loaded before has not ended, after more than " + seconds()
                            + " s: it still runs");
        }
        CompletableFuture<Script> started = loading.again(vertx, file, engine.orElseThrow().verticle(file.path(), host),
                run);
        lastStart = started;
        try {
            return started.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            var _ = started.thenAccept(this::stop);
            throw new FatalException(ExitCode.CONFIG,
                    "the configuration has not ended within " + seconds() + " s");
        } catch (ExecutionException e) {
            throw new FatalException(ExitCode.CONFIG, Causes.unwrap(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalException(ExitCode.CONFIG, e);
        } finally {
            loading.leave();
        }
    }

    private String seconds() {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private synchronized void replace(Script script, DaemonHost host) throws FatalException {
        if (stopping) {
            throw new FatalException(ExitCode.CONFIG, "the daemon is stopping");
        }
        listeners.accept();
        host.settle();
        Script before = inForce.orElseThrow();
        inForce = Optional.of(script);
        former.add(before);
        Lifecycle.warnOf(listeners.unused());
    }

    private void stop(Script script) {
        script.stop().onFailure(e -> LOG.warn("A script that is not needed can't be stopped", e));
    }

    private static void end(String what, Future<?> ended) {
        try {
            ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            // await throws what the future failed with, checked exceptions too
            LOG.warn("{} failed", what, e);
        }
    }

    /** From now on nothing is loaded again. */
    synchronized void freeze() {
        stopping = true;
    }

    /** Ends all scripts; what they wait for is cancelled. */
    Future<?> stop() {
        freeze();
        List<Future<?>> ends = new ArrayList<>(former.stop());
        synchronized (this) {
            inForce.ifPresent(script -> ends.add(script.stop()));
        }
        return Future.join(ends);
    }
}
