package dev.myproxy.listen;

import io.vertx.core.Vertx;

/** The event-bus address of all listeners. */
public final class ListenBus {

    /** A message here (its body does not matter) makes every listener that has started accept clients. */
    public static final String ACCEPT = "myproxy.listen.accept";

    private ListenBus() {}

    /** Makes every listener that has started accept clients. */
    public static void accept(Vertx vertx) {
        vertx.eventBus().publish(ACCEPT, true);
    }
}
