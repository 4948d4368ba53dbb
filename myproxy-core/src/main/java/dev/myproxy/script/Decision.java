package dev.myproxy.script;

import dev.myproxy.auth.Credentials;
import dev.myproxy.protocol.ByteString;

/** What a script decided about a {@link ScriptEvent}. */
public sealed interface Decision {

    /** Go on. */
    record Proceed() implements Decision {}

    /**
     * {@code client:err(message)}: refuse.
     *
     * @param message for the client, any length
     */
    record Refuse(ByteString message) implements Decision {}

    /**
     * {@code client:connect(…)}: log in to a server.
     *
     * @param upstream       which server
     * @param credentials    what to log in with; the session wipes them
     * @param readOnly       whether a read-only node is preferred
     * @param allowCleartext whether the password may go to the server in clear over a network
     */
    record Connect(Upstream upstream, Credentials credentials, boolean readOnly,
            boolean allowCleartext) implements Decision {}

    /** {@code client:init_db(name)}: change the default database to this one. */
    record InitDb(ByteString database) implements Decision {}

    /**
     * The handler failed: a Lua error, a bad return value.
     *
     * @param message one line for the log; never shown to the client
     */
    record Failed(String message) implements Decision {}
}
