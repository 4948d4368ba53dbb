package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.metrics.Exposition;
import dev.myproxy.metrics.HttpPages;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.SessionSettings;
import dev.myproxy.session.Sessions;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The listeners of the running daemon, each a verticle, the sessions of the clients that they accept, and the metrics. */
final class ClientListeners implements Listeners {

    private final Vertx vertx;
    private final Context context;
    private final Path base;
    private final Transport transport;
    private final EventLoopBalance loops;
    private final Sessions sessions;
    private final HttpPages pages;
    private final PrometheusMeterRegistry meters;
    private final List<String> clients = new CopyOnWriteArrayList<>();
    private final List<String> metrics = new CopyOnWriteArrayList<>();

    /**
     * @param base   directory that relative socket paths start from
     * @param meters what the page with the metrics shows
     */
    ClientListeners(Vertx vertx, Path base, PrometheusMeterRegistry meters) {
        this.vertx = vertx;
        this.base = base;
        this.meters = meters;
        pages = new HttpPages(vertx, Map.of("/metrics", new Exposition(meters)));
        context = vertx.getOrCreateContext();
        transport = Transport.of(vertx);
        loops = new EventLoopBalance(vertx);
        sessions = new Sessions(new EventLoopContexts(vertx), transport, SessionSettings.DEFAULT);
        sessions.listenOn(vertx.eventBus());
    }

    @Override
    public void bind(Address address, Handlers handlers) throws IOException {
        clients.add(deploy(address, client -> sessions.accept(client, handlers)));
    }

    @Override
    public void bindMetrics(Address address) throws IOException {
        metrics.add(deploy(address, pages::accept));
        if (metrics.size() == 1) {
            RuntimeMeters.bindTo(meters);
        }
    }

    /** Deploys from a context of its own: that of the calling thread could not complete a future while the thread waits. */
    private String deploy(Address address, Consumer<AcceptedClient> consumer) throws IOException {
        ListenerVerticle listener = new ListenerVerticle(transport, address, base, loops, consumer);
        CompletableFuture<String> deployed = new CompletableFuture<>();
        context.runOnContext(_ -> vertx.deployVerticle(listener).onComplete(deployed::complete,
                deployed::completeExceptionally));
        try {
            return deployed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException refused ? refused : new IOException(e.getCause());
        }
    }

    @Override
    public int count() {
        return clients.size();
    }

    @Override
    public void accept() {
        ListenBus.accept(vertx);
    }

    @Override
    public Future<?> close() {
        return Future.join(Stream.concat(clients.stream(), metrics.stream()).map(vertx::undeploy).toList())
                .eventually(sessions::shutDown);
    }
}
