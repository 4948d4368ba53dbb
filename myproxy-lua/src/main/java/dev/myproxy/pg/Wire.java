package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.TcpSettings;
import dev.myproxy.protocol.ByteString;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.pgclient.impl.PgSocketConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection, on which one statement runs at a time. For one event loop.
 */
final class Wire implements BackendMessages.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    /** The Vert.x client's decoder in the pipeline. */
    private static final String CODEC = "codec";

    /** What the owner of a connection is told. */
    interface Owner {
        /** A notification came in. */
        void notified(ByteString channel, ByteString payload);

        /** The connection is no more. Called once. */
        void closed(Wire wire);
    }

    private final ContextInternal context;
    private final PgConnectionFactory factory;
    private final PgConnection connection;
    private final ChannelHandlerContext below;
    private final BackendMessages messages = new BackendMessages(this);
    private Optional<Owner> owner = Optional.empty();
    private Optional<String> lastWords = Optional.empty();
    private boolean open = true;

    private Wire(ContextInternal context, PgConnectionFactory factory, PgConnection connection) {
        this.context = context;
        this.factory = factory;
        this.connection = connection;
        PgSocketConnection socket = (PgSocketConnection) ((PgConnectionImpl) connection).unwrap();
        ChannelHandlerContext client = socket.socket().channelHandlerContext();
        client.pipeline().addBefore(CODEC, BackendMessages.NAME, messages);
        below = client.pipeline().context(messages);
        connection.exceptionHandler(e -> LOG.debug("PostgreSQL connection failed", e));
        connection.closeHandler(_ -> ended());
    }

    /**
     * Connects and logs in. On the event loop of the context.
     *
     * @param within how long that may take; the future fails with a {@link TimeoutException} after it
     */
    static Future<Wire> open(ContextInternal context, TcpSettings tcp, PgConnectOptions options,
            Duration within) {
        Promise<Wire> opened = context.promise();
        PgConnectionFactory factory = new PgConnectionFactory(context.owner(), transport(tcp));
        long timer = context.setTimer(within.toMillis(),
                _ -> opened.tryFail(new TimeoutException("timeout expired")));
        factory.connect((Context) context, options).onComplete(ar -> {
            context.owner().cancelTimer(timer);
            if (ar.failed()) {
                opened.tryFail(ar.cause());
            } else {
                Wire wire = new Wire(context, factory, PgConnection.cast(ar.result()));
                KeepAlive.apply(tcp, wire.below.channel());
                opened.tryComplete(wire);
            }
        });
        // also ends what came too late
        return opened.future().onFailure(_ -> close(context, factory));
    }

    private static NetClientOptions transport(TcpSettings tcp) {
        NetClientOptions options = new NetClientOptions().setTcpKeepAlive(tcp.keepAlive());
        tcp.userTimeout().ifPresent(time -> options.setTcpUserTimeout((int) time.toMillis()));
        return options;
    }

    private static void close(ContextInternal context, PgConnectionFactory factory) {
        if (context.owner().closeFuture().isClosed()) {
            return;
        }
        factory.close((_, failure) -> {
            if (failure != null) {
                LOG.debug("PostgreSQL client did not close", failure);
            }
        });
    }

    void setOwner(Owner newOwner) {
        owner = Optional.of(newOwner);
    }

    /**
     * Sends a statement. The future is completed when the server is ready for the next or the connection is gone; what
     * came of it is in the answer.
     */
    Future<?> execute(PgStatement statement, Answer answer) {
        messages.begin(answer);
        return statement.parameters().isEmpty()
                ? connection.query(statement.sql()).execute()
                : connection.preparedQuery(statement.sql()).execute(answer.tuple());
    }

    /** Asks the server, over a connection of its own, to cancel what runs; that may take effect late or not at all. */
    Future<Void> cancel() {
        return connection.cancelRequest();
    }

    /** What the server said before it ended the connection. */
    Optional<String> lastWords() {
        return lastWords;
    }

    boolean isOpen() {
        return open && below.channel().isActive();
    }

    /** Tells the server and closes; the owner is not told. */
    void close() {
        owner = Optional.empty();
        connection.close().onComplete(_ -> close(context, factory));
    }

    /** Closes although a statement runs: that is cancelled. The owner is not told. */
    void abort() {
        owner = Optional.empty();
        cancel().onComplete(_ -> drop());
    }

    /** Closes without telling the server, which may not answer any more; the owner is told. */
    void drop() {
        var _ = below.close();
    }

    private void ended() {
        if (open) {
            open = false;
            // not within the client's own closing
            context.runOnContext(_ -> close(context, factory));
            owner.ifPresent(o -> o.closed(this));
        }
    }

    @Override
    public void notified(ByteString name, ByteString payload) {
        owner.ifPresent(o -> o.notified(name, payload));
    }

    @Override
    public void fatal(String text) {
        lastWords = Optional.of(text);
    }
}
