package dev.myproxy.script;

import java.util.Optional;
import java.util.stream.Stream;

/** What a function in a handler table is called for. */
public enum Handler {
    /** A client was accepted and not greeted yet. */
    CONNECT("on_connect"),
    /** The client's handshake response arrived; the only one that must be there. */
    HANDSHAKE_RESPONSE("on_handshake_response"),
    /** The server accepted the login. */
    COMMAND_PHASE("on_command_phase"),
    /** The client asks for another default database. */
    INIT_DB("on_init_db"),
    /** The client sent a statement, to be run or to be prepared. */
    QUERY("on_query"),
    /** The session is over. */
    DISCONNECT("on_disconnect");

    private final String key;

    Handler(String key) {
        this.key = key;
    }

    /** The name of the function in the table. */
    public String key() {
        return key;
    }

    /** The handler with a name. */
    public static Optional<Handler> of(String key) {
        return Stream.of(values()).filter(handler -> handler.key.equals(key)).findFirst();
    }
}
