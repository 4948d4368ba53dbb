package dev.myproxy.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Whether the daemon takes new MySQL clients, and if not, why: the page {@code /ready}, which answers 200 or 503. Safe to use
 * from every thread.
 */
public final class Readiness implements Page {

    private static final String READY = "";
    private static final int UNAVAILABLE = 503;

    private volatile String reason;

    /**
     * Not ready.
     *
     * @param reason why it is not ready yet
     */
    public Readiness(String reason) {
        this.reason = reason;
    }

    /** From now on clients are accepted. */
    public void ready() {
        reason = READY;
    }

    /** From now on clients are not accepted. */
    public void notReady(String why) {
        reason = why;
    }

    public boolean isReady() {
        return reason.equals(READY);
    }

    @Override
    public Future<Reply> reply(HttpServerRequest request) {
        String why = reason;
        return Future.succeededFuture(
                why.equals(READY) ? Reply.text(200, "ready\n") : Reply.text(UNAVAILABLE, "not ready: " + why + "\n"));
    }
}
