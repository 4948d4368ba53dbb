package dev.myproxy.lua.testing;

import dev.myproxy.lua.lib.pg.DatabaseSource;
import dev.myproxy.pg.Database;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** The databases of a policy that is tested: the test answers, and notifies. */
final class TestedDatabases implements DatabaseSource {

    private final Hooks hooks;
    private final Executor events;
    private final List<TestedDatabase> open = new CopyOnWriteArrayList<>();

    TestedDatabases(Vertx vertx, Hooks hooks) {
        this.hooks = hooks;
        this.events = ((VertxInternal) vertx).nettyEventLoopGroup();
    }

    @Override
    public Database open(Request request) {
        TestedDatabase database = new TestedDatabase(request.name().orElse(request.conninfo()), hooks, events,
                open::remove);
        open.add(database);
        return database;
    }

    /**
     * Notifies whoever listens.
     *
     * @param payload empty if notifications may have been missed
     */
    void notify(String channel, Optional<String> payload) {
        open.forEach(database -> database.notify(channel, payload));
    }

    /** Whether anybody listens. */
    boolean isListening(String channel) {
        return open.stream().anyMatch(database -> database.isListening(channel));
    }
}
