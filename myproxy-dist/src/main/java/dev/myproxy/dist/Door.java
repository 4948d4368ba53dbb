package dev.myproxy.dist;

import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.ClientHost;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Where clients come in: counts them, and hands each to whom it belongs by the configuration that is in force. */
final class Door implements Consumer<AcceptedClient> {

    private final LongAdder accepted = new LongAdder();
    private volatile ClientHost host;

    /** @param host takes clients; its time is over only after {@link #lead} has named another one */
    Door(ClientHost host) {
        this.host = host;
    }

    /** Who takes clients from now on. */
    void lead(ClientHost next) {
        host = next;
    }

    @Override
    public void accept(AcceptedClient client) {
        accepted.increment();
        while (!host.take(client)) {
            Thread.onSpinWait();
        }
    }

    /** How many clients have come. */
    long accepted() {
        return accepted.sum();
    }
}
