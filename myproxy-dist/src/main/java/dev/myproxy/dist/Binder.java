package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Deploys the listeners of one kind, while the configuration is loading. Safe to use from every thread. */
final class Binder {

    private final Vertx vertx;
    private final Context context;
    private final Transport transport;
    private final Path base;
    private final EventLoopBalance loops;
    private final List<String> deployed = new CopyOnWriteArrayList<>();

    /**
     * @param base  directory that relative socket paths start from
     * @param loops shared by all listeners
     */
    Binder(Vertx vertx, Transport transport, Path base, EventLoopBalance loops) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.transport = transport;
        this.base = base;
        this.loops = loops;
    }

    /**
     * Binds a socket that accepts when all others do. Blocks the calling thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bind(Address address, Consumer<AcceptedClient> consumer) throws IOException {
        deploy(listener(address, consumer));
    }

    /** The same for a socket that accepts from now on. */
    void open(Address address, Consumer<AcceptedClient> consumer) throws IOException {
        deploy(listener(address, consumer).atOnce());
    }

    private ListenerVerticle listener(Address address, Consumer<AcceptedClient> consumer) {
        return new ListenerVerticle(transport, address, base, loops, consumer);
    }

    /**
     * Deploys a listener of another kind; fails as it does. Blocks the calling thread. Deploys from a context of its own: that of
     * the calling thread could not complete a future while the thread waits.
     */
    void deploy(VerticleBase listener) throws IOException {
        CompletableFuture<String> done = new CompletableFuture<>();
        context.runOnContext(
                _ -> vertx.deployVerticle(listener).onComplete(done::complete, done::completeExceptionally));
        try {
            deployed.add(done.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException refused ? refused : new IOException(e.getCause());
        }
    }

    /** How many sockets are bound. */
    int count() {
        return deployed.size();
    }

    /** Closes all sockets. */
    Future<?> close() {
        return Future.join(deployed.stream().map(vertx::undeploy).toList());
    }
}
