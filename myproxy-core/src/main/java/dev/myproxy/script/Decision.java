package dev.myproxy.script;

import dev.myproxy.bus.LocalMessage;
import dev.myproxy.auth.Credentials;
import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/** What a script decided about a {@link ScriptEvent}. */
public sealed interface Decision extends LocalMessage {

    /** Go on. */
    record Proceed() implements Decision {}

    /**
     * {@code client:err(message)}: refuse.
     *
     * @param message for the client, any length
     * @param error   what the client's program reads; empty for what suits the event
     */
    record Refuse(ByteString message, Optional<ErrorCode> error) implements Decision {

        /** A refusal with the error code that suits the event. */
        public Refuse(ByteString message) {
            this(message, Optional.empty());
        }
    }

    /**
     * {@code client:connect(…)}: log in to a server.
     *
     * @param upstream    which server
     * @param credentials what to log in with; the session wipes them
     * @param options     how to get there
     */
    record Connect(Upstream upstream, Credentials credentials, ConnectOptions options) implements Decision {

        /** How the connection to a server of the upstream begins. */
        public ServerLink link() {
            return options.link().or(upstream.link());
        }
    }

    /** {@code client:init_db(name)}: change the default database to this one. */
    record InitDb(ByteString database) implements Decision {}

    /**
     * {@code client:query(sql)}: run or prepare this statement.
     *
     * @param sql any length, any bytes
     */
    record Query(ByteString sql) implements Decision {}

    /**
     * The handler failed: a Lua error, a bad return value.
     *
     * @param message one line for the log; never shown to the client
     */
    record Failed(String message) implements Decision {}
}
