package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;

/** What is said when a handler failed or decided something that its event does not allow. */
final class ScriptFailure {

    /** What the client reads; the reason is for the log only. */
    static final String CLIENT_TEXT = "Lua error";

    private ScriptFailure() {}

    /** What the client gets, as a refusal with the error code that suits the event. */
    static final Decision.Refuse REFUSAL = new Decision.Refuse(ByteString.of(CLIENT_TEXT));

    /** The reason for the log. */
    static String message(Decision decision) {
        return decision instanceof Decision.Failed(var message) ? message : "Bad return value";
    }
}
