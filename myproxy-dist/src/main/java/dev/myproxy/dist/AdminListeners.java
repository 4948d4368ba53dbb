package dev.myproxy.dist;

import dev.myproxy.script.Where;
import dev.myproxy.address.Address;
import dev.myproxy.admin.AdminSite;
import dev.myproxy.admin.AdminSource;
import dev.myproxy.posix.PosixUsers;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.transport.EventLoopContexts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;

/** The sockets where the state of the daemon is shown. They accept at once, while the configuration loads. */
final class AdminListeners {

    private final Vertx vertx;
    private final Binder binder;
    private final Places places;
    private final EventLoopContexts contexts;
    private final AdminSource source;
    private final WorkerExecutor workers;

    AdminListeners(Vertx vertx, Binder binder, Places places, EventLoopContexts contexts, AdminSource source) {
        this.vertx = vertx;
        this.binder = binder;
        this.places = places;
        this.contexts = contexts;
        this.source = source;
        // not in bind, where it would belong to the script that listens, and end with it
        this.workers = vertx.createSharedWorkerExecutor("myproxy-http", MetricsListeners.WORKERS);
    }

    /** @throws IOException with the text that the script sees */
    void bind(Where where, AdminOptions options) throws IOException {
        for (Address address : places.addresses(where)) {
            requireSafety(address, options);
        }
        AdminSite site = new AdminSite(vertx, contexts, workers, source, options, PosixUsers.effectiveUid());
        binder.open(where, options.mode(), site::accept);
    }

    /**
     * Refuses to show the state of the daemon to other machines unless somebody has said to which.
     *
     * @throws IOException with the text that the script sees
     */
    static void requireSafety(Address address, AdminOptions options) throws IOException {
        if (!address.isLocal() && options.allow().isEmpty()) {
            throw new IOException("admin_listen on " + address + " would show accounts and addresses to other machines;"
                    + " take 127.0.0.1 or a Unix socket, or say who may ask: {allow = {'10.0.0.0/8'}}");
        }
    }

    Future<?> close() {
        return binder.close();
    }
}
