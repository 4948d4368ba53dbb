package dev.myproxy.session.kill;

import dev.myproxy.protocol.ErrPacket;

/** How a {@link KillErrand} ended. */
public sealed interface ErrandResult {

    /** The server has done it. */
    record Done() implements ErrandResult {}

    /** The server was logged in to, and did not do it. */
    record Refused(ErrPacket error) implements ErrandResult {}

    /**
     * It came to no answer of the server.
     *
     * @param message for the log
     */
    record Failed(String message) implements ErrandResult {}
}
