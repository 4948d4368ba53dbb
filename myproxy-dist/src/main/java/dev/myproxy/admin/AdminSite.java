package dev.myproxy.admin;

import dev.myproxy.http.HttpConnections;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.transport.EventLoopContexts;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a daemon, for one listener of an HTTP server. Safe to use from every thread. */
public final class AdminSite {

    private static final Logger LOG = LoggerFactory.getLogger(AdminSite.class);

    /** Browsers run what comes from here alone, ask nobody else, and don't show it within pages of others. */
    private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-store",
            "Cross-Origin-Resource-Policy", "same-origin", "Cross-Origin-Opener-Policy", "same-origin");

    private static final AttributeKey<AdminPeer> PEER = AttributeKey.valueOf(AdminSite.class, "peer");

    private final Routes routes;
    private final HttpConnections connections;

    /**
     * @param contexts the Vert.x context of each event loop
     * @param workers  write what may be long
     * @param ownUid   user id of the daemon
     */
    public AdminSite(Vertx vertx, EventLoopContexts contexts, WorkerExecutor workers, AdminSource source,
            AdminOptions options, long ownUid) {
        routes = new Routes(workers, new Subjects(vertx.eventBus()), new StatusDocument(source, Clock.systemUTC()),
                new Access(options, ownUid), source);
        connections = new HttpConnections(vertx, contexts, this::handle);
    }

    /** Serves a client of the listener. Called on the event loop of its channel. */
    public void accept(AcceptedClient client) {
        client.channel().attr(PEER).set(new AdminPeer(client.peer(), client.credentials()));
        connections.accept(client);
    }

    private void handle(HttpServerRequest request) {
        answer(request).recover(failure -> {
            LOG.error("{} can't be answered", Quoting.oneLine(String.valueOf(request.path())), failure);
            return Future.succeededFuture(
                    Answer.problem(HttpResponseStatus.INTERNAL_SERVER_ERROR, "This failed; the log says why"));
        }).onSuccess(answer -> send(request, answer));
    }

    private Future<Answer> answer(HttpServerRequest request) {
        MultiMap parameters;
        try {
            parameters = request.params();
        } catch (IllegalArgumentException _) {
            return Future.succeededFuture(
                    Answer.problem(HttpResponseStatus.BAD_REQUEST, "The query is not encoded as URLs are"));
        }
        try {
            // Vert.x has no public way from a request to its channel
            AdminPeer peer = ((ConnectionBase) request.connection()).channel().attr(PEER).get();
            return routes.answer(new AdminRequest(peer, request.method(), String.valueOf(request.path()), parameters,
                    request.headers()));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        HEADERS.forEach(response::putHeader);
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status().code()).putHeader("Content-Type", answer.contentType())
                .putHeader("Content-Length", String.valueOf(answer.body().length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            var _ = response.end();
        } else {
            var _ = response.end(answer.body());
        }
    }
}
