package dev.myproxy.dist;

import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import dev.myproxy.script.Where;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.Drain;
import dev.myproxy.session.DrainProgress;
import io.vertx.core.Future;
import java.util.List;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The sockets that clients connect to, and the sessions behind them; those where metrics and state are read; and those for commands. */
interface Listeners {

    /**
     * Binds a socket, or takes inherited ones; nothing is accepted yet. Called on the script's thread, which it may block.
     *
     * @throws IOException with the text that the script sees
     */
    void bind(Where where, Handlers handlers) throws IOException;

    /**
     * Binds a socket of the HTTP server for metrics, which answers from now on. Called on the script's thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindMetrics(Where where) throws IOException;

    /**
     * Binds a socket for control datagrams; none is read yet. Called on the script's thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindControl(Where where, ControlOptions options) throws IOException;

    /**
     * Binds a socket of the HTTP server that shows the state of the daemon, which answers from now on. Called on the script's
     * thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bindAdmin(Where where, AdminOptions options) throws IOException;

    /** How many sockets for clients the configuration has that is loading, or else the one in force. */
    int count();

    /** Another configuration is about to be loaded: what it binds it takes over where there is the same already. */
    void begin();

    /** The configuration does not come into force: what was made for it is closed, all else is as before. */
    Future<?> rollback();

    /** How many sessions there are. */
    int sessions();

    /** The event loops that clients are on. */
    Collection<EventExecutor> eventLoops();

    /** Inherited sockets that nobody has taken, in words. */
    List<String> unused();

    /** The configuration is in force: begins to accept, and closes what its predecessor had and it has not. */
    void accept();

    /**
     * Gets ready, beside everything else, what the first client would have to wait for: TLS at sockets where clients rarely use it. To be
     * called when the daemon is ready; later configurations do so by themselves.
     */
    void prepare();

    /** Reads certificates again that have changed. Blocks as long as the file system does. */
    void refreshCertificates();

    /** Limits how many clients there may be, those that come from now on. */
    void limit(ClientLimits limits);

    /** Sets how long sessions may take to end by themselves when the daemon stops, {@link Drain#DEFAULT_LIMIT} otherwise. */
    void shutdownTimeout(Duration limit);

    /**
     * Closes the listeners for clients, and lets their sessions go. The rest goes on meanwhile.
     *
     * @param atOnce whether sessions have no time to end by themselves
     * @return completes when they are over
     */
    Future<?> drain(boolean atOnce);

    /** How far that is; empty before it begins. */
    Optional<DrainProgress> progress();

    /** Closes all listeners, then all sessions that are left. */
    Future<?> close();
}
