package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import io.vertx.core.Future;
import java.io.IOException;

/** The sockets that clients connect to, and the sessions behind them; those where metrics and state are read; and those for commands. */
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

    /**
     * Binds a socket for control datagrams; none is read yet. Called on the script's thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindControl(Address address, ControlOptions options) throws IOException;

    /**
     * Binds a socket of the HTTP server that shows the state of the daemon, which answers from now on. Called on the script's
     * thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindAdmin(Address address, AdminOptions options) throws IOException;

    /** How many sockets for clients are bound. */
    int count();

    /** Begins to accept. */
    void accept();

    /** Closes all listeners, then all sessions. */
    Future<?> close();
}
