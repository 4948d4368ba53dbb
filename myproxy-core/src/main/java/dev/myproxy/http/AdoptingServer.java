package dev.myproxy.http;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetSocketImpl;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.spi.metrics.TCPMetrics;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP server below a Vert.x HTTP server, for one event loop, that takes connections which somebody else has accepted:
 * Vert.x's own one knows neither our rules for the files of Unix sockets nor sockets that were inherited.
 *
 * <p>It leans on internals of Vert.x: that an HTTP server has its TCP server made by {@link VertxInternal#createNetServer} and
 * takes connections over from its {@code connectHandler}.
 */
final class AdoptingServer extends NetServerImpl {

    private static final Logger LOG = LoggerFactory.getLogger(AdoptingServer.class);
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 16 << 10;

    private final ContextInternal context;
    private final IdentityHashMap<HttpConnection, Deadline> deadlines = new IdentityHashMap<>();
    private @Nullable Deadline adopted;

    private AdoptingServer(VertxInternal vertx, ContextInternal context, NetServerOptions options) {
        super(vertx, options);
        this.context = context;
    }

    /**
     * Starts an HTTP server. Called on the event loop of the context.
     *
     * @param requests called with each request and the deadline of its connection
     */
    static AdoptingServer start(VertxInternal vertx, ContextInternal context,
            BiConsumer<HttpServerRequest, Deadline> requests) {
        Below below = new Below(vertx, context);
        HttpServerOptions options = new HttpServerOptions().setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS).setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false).setPerMessageWebSocketCompressionSupported(false);
        HttpServer http = new HttpServerImpl(below, options);
        http.exceptionHandler(failure -> LOG.debug("An HTTP connection broke", failure));
        http.connectionHandler(connection -> below.server().connected(connection));
        http.requestHandler(request -> requests.accept(request, below.server().deadline(request.connection())));
        context.dispatch(() -> {
            var _ = http.listen(SocketAddress.inetSocketAddress(0, "localhost"));
        });
        return below.server();
    }

    /** Speaks HTTP on a channel of this event loop. Called there. */
    void adopt(Channel channel, Deadline deadline) {
        VertxHandler<NetSocketImpl> handler = VertxHandler
                .create(added -> new NetSocketImpl(context, added, null, null, null, false));
        handler.addHandler(socket -> context.emit(socket, connectHandler()::handle));
        adopted = deadline;
        channel.pipeline().addLast("handler", handler);
        adopted = null;
        channel.config().setAutoRead(true);
    }

    private void connected(HttpConnection connection) {
        deadlines.put(connection, Objects.requireNonNull(adopted));
        connection.closeHandler(_ -> deadlines.remove(connection));
    }

    private Deadline deadline(HttpConnection connection) {
        return Objects.requireNonNull(deadlines.get(connection));
    }

    /** Binds nothing. */
    @Override
    public Future<NetServer> listen(ContextInternal listening, SocketAddress address) {
        return listening.succeededFuture(this);
    }

    @Override
    public @Nullable TCPMetrics<?> getMetrics() {
        return null;
    }

    /** What the HTTP server takes for Vert.x, which makes this class its TCP server. */
    private static final class Below extends VertxWrapper {

        private final ContextInternal context;
        private @Nullable AdoptingServer server;

        Below(VertxInternal vertx, ContextInternal context) {
            super(vertx);
            this.context = context;
        }

        AdoptingServer server() {
            return Objects.requireNonNull(server);
        }

        @Override
        public NetServerImpl createNetServer(NetServerOptions options) {
            server = new AdoptingServer(delegate, context, options);
            return server;
        }
    }
}
