package dev.myproxy.script;

import dev.myproxy.control.ControlOptions;
import dev.myproxy.protocol.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a script may ask of the daemon. Called on the script's thread; may block it while the configuration is loading.
 */
public interface ScriptHost {

    /**
     * Creates and binds a listener; accepting begins when the configuration is complete.
     *
     * @throws IOException with the text that the script sees, such as
     *                     {@code Failed to bind to @foo: Address already in use} or {@code No systemd socket}
     */
    void listen(Where where, Handlers handlers) throws IOException;

    /**
     * Creates and binds a listener of the HTTP server that shows metrics, which answers from now on. A host without such a
     * server does nothing.
     *
     * @throws IOException with the text that the script sees
     */
    default void listenForMetrics(Where where) throws IOException {}

    /**
     * Creates and binds a listener for control datagrams; they are read when the configuration is complete. A host without
     * clients does nothing.
     *
     * @throws IOException with the text that the script sees
     */
    default void listenForControl(Where where, ControlOptions options) throws IOException {}

    /**
     * Creates and binds a listener of the HTTP server that shows the state of the daemon, which answers from now on. A host
     * without such a server does nothing.
     *
     * @throws IOException with the text that the script sees
     */
    default void listenForAdmins(Where where, AdminOptions options) throws IOException {}

    /** Limits how many clients there may be, those that come from now on. A host without clients does nothing. */
    default void limit(ClientLimits limits) {}

    /**
     * Sets how long sessions may take to end by themselves when the daemon stops. A host without sessions does nothing.
     *
     * @param limit not negative
     */
    default void shutdownTimeout(Duration limit) {}

    /** Which run of the configuration this is: always the same object. */
    default ScriptRun run() {
        return ScriptRun.first();
    }

    /**
     * Loads the configuration again, in a new script, for the clients that come from then on. A host that can't do that fails.
     *
     * @return completes when the new one is in force; fails, with a text for the administrator, if the present one stays so. On
     *         any thread
     */
    default Future<Void> reload() {
        return Future
                .failedFuture(new ScriptException("there is no daemon here that could load its configuration again"));
    }

    /**
     * What all runs of the configuration have in common, such as what is measured.
     *
     * @param kind names it
     * @param make makes it, for the first one who asks
     */
    default <T> T shared(Class<T> kind, Supplier<T> make) {
        return make.get();
    }

    /** A line that the script printed, without its end. */
    void print(ByteString line);

    /**
     * Something that went wrong in a part of the script that no client waits for, such as {@code reload}.
     *
     * @param message one or more lines for the log
     */
    void scriptError(String message);

    /** Where the script's libraries count; shown by the daemon's Prometheus listeners. */
    MeterRegistry meters();

    /**
     * The script called {@code os.exit}: ends the process with this code, at once, nothing is drained. May return before
     * that has happened, and must not wait for the script's thread, which is the caller.
     *
     * @param code exit code, 0 to 255
     */
    void exit(int code);
}
