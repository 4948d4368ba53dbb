package dev.myproxy.script;

import dev.myproxy.bus.LocalMessage;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a client and that the script decides on. Sessions send events to
 * {@link ScriptBus#EVENTS}; all but {@link Gone} and {@link Disconnect} are answered with a {@link Decision}.
 */
public sealed interface ScriptEvent extends LocalMessage {

    ScriptClient client();

    /** A client was accepted and not greeted yet. Answers: Proceed, Refuse, Failed. */
    record Connect(ScriptClient client) implements ScriptEvent {}

    /**
     * The client's handshake response arrived. Answers: Connect, Refuse, Failed.
     *
     * @param user     as the client sent it
     * @param password in clear; copied by the engine before it answers. Empty if the listener's
     *                 {@link dev.myproxy.auth.AuthMode} is not that the script gets it
     * @param database empty if the client named none
     * @param details  what else the client has said
     * @param proof    asks the client for more, until the answer
     */
    record HandshakeResponse(ScriptClient client, ByteString user, Secret password, Optional<ByteString> database,
            LoginDetails details, PasswordProof proof) implements ScriptEvent {

        /** A login of a client that says no more, and can't be asked. */
        public HandshakeResponse(ScriptClient client, ByteString user, Secret password,
                Optional<ByteString> database) {
            this(client, user, password, database, LoginDetails.NONE, PasswordProof.NONE);
        }
    }

    /** The server accepted the login. Answers: Proceed, Failed. */
    record CommandPhase(ScriptClient client) implements ScriptEvent {}

    /** The client asked for another default database. Answers: InitDb, Refuse, Failed. */
    record InitDb(ScriptClient client, ByteString database) implements ScriptEvent {}

    /**
     * The client sent a statement, to be run or to be prepared. Answers: Proceed, Query, Refuse, Failed.
     *
     * @param sql the text without query attributes, in the client's charset
     */
    record Query(ScriptClient client, ByteString sql) implements ScriptEvent {}

    /** The client is gone: what it waits for is cancelled, and the question that is open fails. Not answered. */
    record Gone(ScriptClient client) implements ScriptEvent {}

    /**
     * The client is gone, as with {@link Gone}, and the script wants to hear about its session, in the place of {@code Gone}.
     * The engine makes the client {@linkplain ScriptClient#markStale() stale} afterwards. Not answered.
     *
     * @param cause   why the session ended, as in its last log line
     * @param session the fields of that line by their names there: Long, Double (milliseconds), String or ByteString;
     *                what the line leaves empty is missing
     */
    record Disconnect(ScriptClient client, String cause, Map<String, Object> session) implements ScriptEvent {}
}
