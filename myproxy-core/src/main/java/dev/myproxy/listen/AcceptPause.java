package dev.myproxy.listen;

import dev.myproxy.address.Address;
import dev.myproxy.transport.ErrorText;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops accepting for a while when it fails, as it does when no descriptor or no memory is left; clients wait in the
 * backlog meanwhile. Pauses grow up to a second. One log line says that it began and one that it is over, which is when
 * accepting has gone well for a while. Lives on the listener's event loop.
 */
final class AcceptPause {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 1_000;
    private static final long WELL_AGAIN_MILLIS = 2_000;

    private final Channel listener;
    private final Address address;
    private long pauseMillis = FIRST_MILLIS;
    private long sinceNanos;
    private int failures;

    AcceptPause(Channel listener, Address address) {
        this.listener = listener;
        this.address = address;
        // Loads the classes that failed() needs: without a descriptor no class file can be opened.
        ErrorText.of(new IOException("accept(..) failed with error(-24): Too many open files"));
    }

    void failed(Throwable failure) {
        listener.config().setAutoRead(false);
        var _ = listener.eventLoop().schedule(this::resume, pauseMillis, TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_MILLIS);
        failures++;
        if (failures == 1) {
            sinceNanos = System.nanoTime();
            LOG.warn("Failed to accept connection on {}: {}; clients wait until it works again", address,
                    ErrorText.of(failure));
        } else {
            LOG.debug("Failed again to accept connection on {}: {}", address, ErrorText.of(failure));
        }
    }

    private void resume() {
        if (listener.isOpen()) {
            listener.config().setAutoRead(true);
            int before = failures;
            var _ = listener.eventLoop().schedule(() -> wellSince(before), WELL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void wellSince(int before) {
        if (failures == before && listener.isOpen()) {
            LOG.warn("Accepting connections on {} again; it failed {} times within {} s", address, failures,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos));
            failures = 0;
            pauseMillis = FIRST_MILLIS;
        }
    }
}
