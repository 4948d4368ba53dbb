package dev.myproxy.script;

import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * Something that happened to a client and that the script decides on. Sessions send events to
 * {@link ScriptBus#EVENTS}; all but {@link Gone} are answered with a {@link Decision}.
 */
public sealed interface ScriptEvent {

    ScriptClient client();

    /** A client was accepted and not greeted yet. Answers: Proceed, Refuse, Failed. */
    record Connect(ScriptClient client) implements ScriptEvent {}

    /**
     * The client's handshake response arrived. Answers: Connect, Refuse, Failed.
     *
     * @param user     as the client sent it
     * @param password in clear; copied by the engine before it answers
     * @param database empty if the client named none
     */
    record HandshakeResponse(ScriptClient client, ByteString user, Secret password,
            Optional<ByteString> database) implements ScriptEvent {}

    /** The server accepted the login. Answers: Proceed, Failed. */
    record CommandPhase(ScriptClient client) implements ScriptEvent {}

    /** The client asked for another default database. Answers: InitDb, Refuse, Failed. */
    record InitDb(ScriptClient client, ByteString database) implements ScriptEvent {}

    /** The client is gone: what it waits for is cancelled, and the question that is open fails. Not answered. */
    record Gone(ScriptClient client) implements ScriptEvent {}
}
