package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.ConnectionSettings;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real database. Statements run in the order in which they came, one at a time on each connection. Nothing connects
 * before there is something to do.
 *
 * <p>When an attempt to connect fails, or the last connection is lost, everything that waits fails with the same
 * message; what is executed later tries again at once.
 *
 * <p>Works on an event loop of its own.
 */
public final class PgDatabase implements Database {

    private final ContextInternal context;
    private final Dispatcher dispatcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param settings how to reach the database
     * @param schema   set on each new connection
     * @param name     in logs, without secrets
     */
    public PgDatabase(Vertx vertx, ConnectionSettings settings, Optional<String> schema, PgLimits limits,
            PgMeters meters, String name) {
        context = ((VertxInternal) vertx).createEventLoopContext();
        dispatcher = new Dispatcher(context, Targets.of(settings, name), schema, limits, meters);
    }

    /** A name for a database that has none: host, port and database. */
    public static String name(ConnectionSettings settings) {
        return Targets.name(settings);
    }

    @Override
    public PgExecution execute(PgStatement statement) {
        PgExecution execution = new PgExecution(statement, this::cancel);
        context.runOnContext(_ -> dispatcher.add(execution));
        return execution;
    }

    private void cancel(PgExecution execution) {
        context.runOnContext(_ -> dispatcher.cancel(execution));
    }

    @Override
    public void listen(String channel, PgListener listener) {
        context.runOnContext(_ -> dispatcher.listen(ByteString.of(channel), listener));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            context.runOnContext(_ -> dispatcher.close());
        }
    }
}
