package dev.myproxy.listen;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how many clients a listener had no descriptor for: a line for the first one, and one for all those of the next
 * {@link #WINDOW}, as long as there are any. Lives on the listener's event loop.
 */
final class RefusalLog {

    static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final Address address;
    private final Channel listener;
    private boolean open;
    private int refused;

    RefusalLog(Channel listener, Address address) {
        this.listener = listener;
        this.address = address;
    }

    /** A client was refused. */
    void refused() {
        if (open) {
            refused++;
        } else {
            LOG.warn(
                    "[{}] Too many connections: no descriptor is left (the limit is `ulimit -n`, systemd's LimitNOFILE)",
                    address);
            open();
        }
    }

    private void open() {
        open = true;
        var _ = listener.eventLoop().schedule(this::sum, WINDOW.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sum() {
        open = false;
        if (refused > 0) {
            LOG.warn("[{}] Too many connections: no descriptor was left for {} more clients", address, refused);
            refused = 0;
            open();
        }
    }
}
