package dev.myproxy.control.listen;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;

/** The sessions that commands are about. */
@FunctionalInterface
public interface AccountSessions {

    /**
     * Ends all sessions of an account. Called on the event loop of a control listener.
     *
     * @param account not empty
     * @return how many there were
     */
    Future<Integer> disconnect(ByteString account);
}
