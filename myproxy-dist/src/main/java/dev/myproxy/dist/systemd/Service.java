package dev.myproxy.dist.systemd;

import dev.myproxy.posix.MonotonicClock;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service manager is told of this process; nothing is, if there is no manager. No call blocks. Thread-safe.
 *
 * <p>The manager learns whether the daemon is ready, that it loads something anew or stops, that its event loops are alive, and in
 * words how it does. A message that can't be sent has a line in the log if it was the one that it is ready.
 */
public final class Service {

    /** How often the words are renewed, if they are others by then. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final long RETRY_MILLIS = 20;

    private final Vertx vertx;
    private final Optional<NotifySocket> manager;
    private final Optional<Duration> watchdog;
    private Optional<ScriptWatch> script = Optional.empty();
    private String status = "";
    /** Of the last time that something was loaded anew, if it failed. */
    private Optional<String> failure = Optional.empty();
    private int reloads;
    private boolean stopping;

    private Service(Vertx vertx, Optional<NotifySocket> manager, Optional<Duration> watchdog) {
        this.vertx = vertx;
        this.manager = manager;
        this.watchdog = watchdog;
    }

    /** This process. Says in the log if its manager can't be reached. */
    public static Service of(Vertx vertx, ServiceVariables variables) {
        try {
            Optional<NotifySocket> socket = variables.notifySocket().isPresent()
                    ? Optional.of(NotifySocket.to(variables.notifySocket().get()))
                    : Optional.empty();
            return new Service(vertx, socket, variables.watchdog());
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            return new Service(vertx, Optional.empty(), Optional.empty());
        }
    }

    /** Says what happens, in words, before the daemon is ready and while it stops. */
    public synchronized void status(String text) {
        String line = text.replace('\n', ' ');
        if (!line.equals(status)) {
            status = line;
            tell("STATUS=" + line);
        }
    }

    /**
     * Tells that the daemon is ready for clients, and watches it from now on.
     *
     * @param loops    the event loops that clients are on
     * @param sessions how many sessions there are
     * @param question asks the script something, which it answers when it gets to it; called on an event loop
     */
    public void ready(Collection<? extends EventExecutor> loops, IntSupplier sessions,
            Supplier<Future<?>> question) {
        ScriptWatch asked = new ScriptWatch(question, System::nanoTime);
        synchronized (this) {
            script = Optional.of(asked);
            status = serving(sessions);
            send("READY=1\nSTATUS=" + status).ifPresent(problem -> LOG.warn("{}", problem));
        }
        vertx.setPeriodic(INTERVAL.toMillis(), _ -> {
            asked.tick();
            serves(sessions);
        });
        if (manager.isPresent() && watchdog.isPresent()) {
            Watchdog asking = new Watchdog(loops, () -> tell("WATCHDOG=1"));
            asking.tick();
            vertx.setPeriodic(Math.max(1, watchdog.get().toMillis() / 2), _ -> asking.tick());
        }
    }

    /** Tells how many sessions there are, if that has changed. */
    synchronized void serves(IntSupplier sessions) {
        if (!stopping && reloads == 0) {
            status(serving(sessions));
        }
    }

    private String serving(IntSupplier sessions) {
        int count = sessions.getAsInt();
        return (count == 1 ? "1 session" : count + " sessions") + script.flatMap(ScriptWatch::busy)
                .map(time -> "; the script has been busy for " + time.toSeconds() + " s, logins wait").orElse("")
                + failure.map(text -> "; " + text).orElse("");
    }

    /**
     * Tells that something is loaded anew, and when that has ended.
     *
     * @param work begins it; a failure is said in the status, until it succeeds
     * @return what it has come to, when the manager has been told
     */
    public <T> Future<T> reload(Supplier<Future<T>> work) {
        synchronized (this) {
            reloads++;
            status = "Reloading";
            tell("RELOADING=1\nMONOTONIC_USEC=" + MonotonicClock.microseconds() + "\nSTATUS=" + status);
        }
        return work.get().onComplete(_ -> reloaded(Optional.empty()),
                e -> reloaded(Optional.of("Reloading failed: " + e.getMessage())));
    }

    private synchronized void reloaded(Optional<String> problem) {
        reloads--;
        failure = problem.map(text -> text.replace('\n', ' '));
        if (reloads == 0 && !stopping) {
            status = failure.orElse("Reloaded");
            tell("READY=1\nSTATUS=" + status);
        }
    }

    /** Tells that the daemon stops. */
    public synchronized void stopping() {
        stopping = true;
        status = "Stopping";
        tell("STOPPING=1\nSTATUS=" + status);
    }

    /** Asks for patience: starting, loading anew or stopping goes on for at least so long, from now. */
    public void extendTimeout(Duration time) {
        tell("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }

    private void tell(String state) {
        send(state).ifPresent(problem -> LOG.debug("{}", problem));
    }

    /** @return what is wrong */
    private Optional<String> send(String state) {
        try {
            if (manager.isPresent() && !manager.get().send(state)) {
                vertx.setTimer(RETRY_MILLIS, _ -> flush());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void flush() {
        try {
            if (!manager.orElseThrow().flush()) {
                vertx.setTimer(RETRY_MILLIS, _ -> flush());
            }
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
