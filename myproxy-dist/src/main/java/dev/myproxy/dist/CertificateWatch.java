package dev.myproxy.dist;

import dev.myproxy.tls.ServerTls;
import dev.myproxy.tls.TlsListeners;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Looks now and then whether certificates have been renewed. Reading them is simpler than to be told: it sees files that are
 * replaced, links that are turned, and directories that are mounted anew.
 */
final class CertificateWatch {

    /** Tests have less time. */
    private static final Duration INTERVAL = Duration.ofMillis(Long.getLong("myproxy.certificates.millis", 10_000));

    private CertificateWatch() {}

    /** Begins; it ends with Vert.x. */
    static void start(Vertx vertx, TlsListeners listeners) {
        vertx.setPeriodic(INTERVAL.toMillis(), _ -> vertx.executeBlocking(() -> {
            refresh(listeners, false);
            return true;
        }, false));
    }

    /**
     * Looks now, at those that clients are shown and those that servers are. Blocks as long as the file system does.
     *
     * @param asked whether somebody wants to know at once what can't be used
     */
    static void refresh(TlsListeners listeners, boolean asked) {
        listeners.refresh(asked);
        ServerTls.refreshAll(asked);
    }
}
