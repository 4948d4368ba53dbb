package dev.myproxy.dist;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT: the first one asks for an orderly end, with time for clients to go if it is SIGTERM; the second one ends
 * the process at once.
 */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    static final int TERM = 15;

    private final CompletableFuture<Integer> received = new CompletableFuture<>();

    private StopSignal() {}

    /** Handles the signals from now on. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        Signals.handle("TERM", stop::received);
        Signals.handle("INT", stop::received);
        return stop;
    }

    /** Completed with the number of the first signal. */
    CompletableFuture<Integer> received() {
        return received;
    }

    private void received(int signal) {
        if (received.isDone()) {
            Runtime.getRuntime().halt(128 + signal);
        }
        LOG.warn("caught signal {}, shutting down (pid={})", signal, ProcessHandle.current().pid());
        received.complete(signal);
    }
}
