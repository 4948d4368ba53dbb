package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.script.Handlers;
import io.vertx.core.Future;
import java.io.IOException;

/** The sockets that clients connect to, and the sessions behind them; and those where metrics are read. */
interface Listeners {

    /**
     * Binds a socket; nothing is accepted yet. Called on the script's thread, which it may block.
     *
     * @throws IOException with the text that the script sees
     */
    void bind(Address address, Handlers handlers) throws IOException;

    /**
     * Binds a socket of the HTTP server for metrics, which answers from now on. Called on the script's thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindMetrics(Address address) throws IOException;

    /** How many sockets for clients are bound. */
    int count();

    /** Begins to accept. */
    void accept();

    /** Closes all listeners, then all sessions. */
    Future<?> close();
}
