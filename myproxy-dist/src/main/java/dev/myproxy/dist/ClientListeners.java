package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.SessionSettings;
import dev.myproxy.session.Sessions;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of the running daemon, each a verticle, and the sessions of the clients that they accept. */
final class ClientListeners implements Listeners {

    private final Vertx vertx;
    private final Context context;
    private final Path base;
    private final Transport transport;
    private final EventLoopBalance loops;
    private final Sessions sessions;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    /**
     * @param base directory that relative socket paths start from
     */
    ClientListeners(Vertx vertx, Path base) {
        this.vertx = vertx;
        this.base = base;
        context = vertx.getOrCreateContext();
        transport = Transport.of(vertx);
        loops = new EventLoopBalance(vertx);
        sessions = new Sessions(new EventLoopContexts(vertx), transport, SessionSettings.DEFAULT);
    }

    /** Deploys from a context of its own: that of the calling thread could not complete a future while the thread waits. */
    @Override
    public void bind(Address address, Handlers handlers) throws IOException {
        ListenerVerticle listener = new ListenerVerticle(transport, address, base, loops,
                client -> sessions.accept(client, handlers));
        CompletableFuture<String> deployed = new CompletableFuture<>();
        context.runOnContext(_ -> vertx.deployVerticle(listener).onComplete(deployed::complete,
                deployed::completeExceptionally));
        try {
            deployments.add(deployed.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException refused ? refused : new IOException(e.getCause());
        }
    }

    @Override
    public int count() {
        return deployments.size();
    }

    @Override
    public void accept() {
        ListenBus.accept(vertx);
    }

    @Override
    public Future<?> close() {
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).eventually(sessions::shutDown);
    }
}
