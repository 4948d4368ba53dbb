package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to a database: connects when it is first wanted, again at once when the connection is lost, and
 * then every ten seconds or so. Runs one statement at a time on it. For one event loop.
 */
final class Link implements Wire.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ContextInternal context;
    private final Connector connector;
    private final Heartbeat heartbeat;
    private final PgMeters meters;
    private final PgLimits limits;
    private final String label;
    private final LinkOwner owner;
    private final Deque<String> setup = new ArrayDeque<>();
    private LinkState state = new LinkState.Unused();
    private Optional<Running> running = Optional.empty();
    private Optional<PgExecution> current = Optional.empty();
    private long lastLoss = System.nanoTime() - PAUSE.toNanos();
    private boolean failureLogged;

    Link(ContextInternal context, PgTarget target, PgLimits limits, PgMeters meters, LinkOwner owner) {
        this.context = context;
        this.connector = new Connector(context, target);
        this.heartbeat = new Heartbeat(context, target.silence(), Heartbeat.WITHIN);
        this.limits = limits;
        this.meters = meters;
        this.label = target.label();
        this.owner = owner;
    }

    boolean isFree() {
        return state instanceof LinkState.Open(Wire wire) && wire.isOpen() && running.isEmpty() && setup.isEmpty();
    }

    boolean isOpen() {
        return state instanceof LinkState.Open;
    }

    /** Whether it has, or will soon have, a connection. */
    boolean isHopeful() {
        return state instanceof LinkState.Open || state instanceof LinkState.Connecting;
    }

    boolean isConnecting() {
        return state instanceof LinkState.Connecting;
    }

    /** Connects now, whatever the timer says; does nothing if there is a connection. */
    void want() {
        switch (state) {
            case LinkState.Unused _ -> connect();
            case LinkState.Pausing(long timer) -> {
                context.owner().cancelTimer(timer);
                connect();
            }
            case LinkState.Connecting _,LinkState.Open _,LinkState.Closed _ -> {
            }
        }
    }

    private void connect() {
        state = new LinkState.Connecting();
        connector.connect().onComplete(ar -> {
            if (isOver()) {
                state = new LinkState.Closed();
                ar.map(wire -> {
                    wire.close();
                    return wire;
                });
            } else if (ar.succeeded()) {
                connected(ar.result());
            } else {
                failed(ar.cause() instanceof PgFailure failure ? failure : new PgFailure(String.valueOf(ar.cause())));
            }
        });
    }

    private void connected(Wire wire) {
        if (!wire.isOpen()) {
            failed(new PgFailure(wire.lastWords().orElse(Running.LOST)));
            return;
        }
        state = new LinkState.Open(wire);
        wire.setOwner(this);
        meters.connected();
        if (failureLogged) {
            LOG.info("PostgreSQL {}: connected again", label);
            failureLogged = false;
        }
        heartbeat.watch(wire, () -> beat(wire));
        setup.clear();
        owner.setup().forEach(setup::add);
        next();
    }

    private void failed(PgFailure failure) {
        meters.connectFailed();
        log(failure.text());
        pause();
        owner.down(this, failure);
    }

    /** Only the first of a row of failures is worth a line. */
    private void log(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        if (failureLogged) {
            LOG.debug("PostgreSQL {}: {}", label, line);
        } else {
            LOG.warn("PostgreSQL {}: {}", label, line);
            failureLogged = true;
        }
    }

    private void pause() {
        long jitter = ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 5);
        long millis = PAUSE.toMillis() - PAUSE.toMillis() / 10 + jitter;
        state = new LinkState.Pausing(context.setTimer(millis, _ -> connect()));
    }

    /** Executes a statement soon, before those that wait. */
    void setUp(String sql) {
        if (isOpen()) {
            setup.add(sql);
            if (running.isEmpty()) {
                next();
            }
        }
    }

    /** Asks the server for nothing. */
    private Optional<Running> beat(Wire wire) {
        if (running.isEmpty() && state instanceof LinkState.Open(Wire open) && open == wire) {
            start(new Running(context, wire, PgStatement.simple(""), limits, _ -> {
                running = Optional.empty();
                next();
            }));
            return running;
        }
        return Optional.empty();
    }

    /** Sends a statement; the link must be free. */
    void run(PgExecution execution) {
        current = Optional.of(execution);
        start(new Running(context, wire(), execution.statement(), limits, ended -> ended(execution, ended)));
    }

    private Wire wire() {
        if (state instanceof LinkState.Open(Wire wire)) {
            return wire;
        }
        throw new IllegalStateException("no connection");
    }

    private void start(Running next) {
        running = Optional.of(next);
        next.start();
    }

    private void next() {
        if (state instanceof LinkState.Open(Wire wire) && wire.isOpen()) {
            String sql = setup.peek();
            if (sql == null) {
                owner.ready(this);
            } else {
                start(new Running(context, wire, PgStatement.simple(sql), limits, ended -> setUpEnded(sql, ended)));
            }
        }
    }

    private void setUpEnded(String sql, Running ended) {
        setup.poll();
        running = Optional.empty();
        if (ended.isLost()) {
            return;
        }
        if (owner.setUp(sql, ended.failure())) {
            next();
        } else {
            wire().close();
            meters.disconnected();
            failed(ended.failure().orElseThrow());
        }
    }

    private void ended(PgExecution execution, Running ended) {
        running = Optional.empty();
        current = Optional.empty();
        meters.ended(execution.nanosSinceBegin(), ended.failure(), execution.isCancelled());
        if (ended.mustReplace()) {
            replace();
        }
        ended.failure().ifPresentOrElse(execution::fail, () -> execution.succeed(ended.result()));
        next();
    }

    /** Cancels a statement, if it is the one that runs. */
    void cancel(PgExecution execution) {
        if (current.filter(execution::equals).isPresent()) {
            running.ifPresent(Running::cancel);
        }
    }

    /** A new connection takes the place of this one. */
    private void replace() {
        wire().close();
        meters.disconnected();
        connect();
    }

    @Override
    public void notified(ByteString channel, ByteString payload) {
        owner.notified(channel, payload);
    }

    @Override
    public void closed(Wire wire) {
        if (!(state instanceof LinkState.Open(Wire open)) || open != wire) {
            return;
        }
        meters.disconnected();
        running.ifPresent(Running::lost);
        if (isOver()) {
            state = new LinkState.Closed();
            return;
        }
        PgFailure failure = new PgFailure(wire.lastWords().orElse(Running.LOST));
        log("connection lost: " + failure.text());
        long now = System.nanoTime();
        boolean lasted = now - lastLoss >= PAUSE.toNanos();
        lastLoss = now;
        if (lasted) {
            connect();
        } else {
            pause();
        }
        owner.down(this, failure);
    }

    /** Whether it was closed, or Vert.x is closing, which closes all connections. */
    private boolean isOver() {
        return state instanceof LinkState.Closed || context.owner().closeFuture().isClosed();
    }

    /** Closes the connection for good; a statement that runs fails. */
    void close(PgFailure failure) {
        boolean busy = running.isPresent();
        current.ifPresent(execution -> execution.fail(failure));
        running = Optional.empty();
        current = Optional.empty();
        LinkState before = state;
        state = new LinkState.Closed();
        switch (before) {
            case LinkState.Open(Wire wire) -> {
                meters.disconnected();
                if (busy) {
                    wire.abort();
                } else {
                    wire.close();
                }
            }
            case LinkState.Pausing(long timer) -> context.owner().cancelTimer(timer);
            case LinkState.Unused _,LinkState.Connecting _,LinkState.Closed _ -> {
            }
        }
    }
}
