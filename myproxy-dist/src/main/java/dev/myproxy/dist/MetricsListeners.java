package dev.myproxy.dist;

import dev.myproxy.script.Where;
import dev.myproxy.http.HttpConnections;
import dev.myproxy.http.HttpPages;
import dev.myproxy.http.Page;
import dev.myproxy.http.Readiness;
import dev.myproxy.http.Reply;
import dev.myproxy.transport.EventLoopContexts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.Map;

/** The sockets where metrics and the daemon's health are read by HTTP. They accept at once, while the configuration loads. */
final class MetricsListeners {

    /** Threads that render pages: few, so that whoever reads them can't take all processors. */
    static final int WORKERS = 2;

    /** What is to be done when a socket is bound. */
    interface WhenBound {
        void run() throws IOException;
    }

    private final Binder binder;
    private final HttpConnections connections;
    private final WhenBound whenBound;

    /**
     * @param metrics   what the page with the metrics shows
     * @param whenBound called when somebody may ask for it, each time
     */
    MetricsListeners(Vertx vertx, Binder binder, EventLoopContexts contexts, Page.Renderer metrics,
            Readiness readiness, WhenBound whenBound) {
        this.binder = binder;
        this.whenBound = whenBound;
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("myproxy-http", WORKERS);
        this.connections = new HttpConnections(vertx, contexts,
                new HttpPages(workers, Map.of("/metrics", Page.of(workers, metrics),
                        "/health", _ -> Future.succeededFuture(Reply.text(200, "alive\n")), "/ready", readiness)));
    }

    /** @throws IOException with the text that the script sees */
    void bind(Where where) throws IOException {
        binder.open(where, connections::accept);
        whenBound.run();
    }

    Future<?> close() {
        return binder.close();
    }
}
