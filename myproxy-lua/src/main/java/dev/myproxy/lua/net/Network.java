package dev.myproxy.lua.net;

import dev.myproxy.address.Address;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;

/** Makes sockets. May be used by every thread. */
public interface Network {

    /** A world without sockets: each connection fails. */
    Network NONE = (_, _, _) -> Future.failedFuture(new IOException("There is no network here"));

    /**
     * Connects.
     *
     * @return completed by an event loop; fails with what {@link ScriptSocket} says
     */
    Future<ScriptSocket> connect(Address address, SocketKind kind, Duration timeout);

    /** How many sockets are open. */
    default int count() {
        return 0;
    }

    /** Closes all sockets. */
    default void close() {}
}
