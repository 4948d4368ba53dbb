package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;

/** What an authentication plugin wants next. */
public sealed interface AuthStep {

    /**
     * Send this to the server.
     *
     * @param answer a whole payload; in the handshake response only a field of it. Wiped by the sender.
     */
    record Send(AuthAnswer answer) implements AuthStep {

        static Send of(byte[] answer) {
            return new Send(AuthAnswer.wrap(answer));
        }
    }

    /** Wait for the server's next packet. */
    record Wait() implements AuthStep {}

    /** Give up. */
    record Fail(Reason reason, String message) implements AuthStep {}

    /** Who caused a failure, which decides what the client is told. */
    enum Reason {
        /** The server broke the protocol or asks for what we don't know: the client is told. */
        PROTOCOL,
        /** The script's credentials don't do: only the log tells. */
        CREDENTIALS,
        /** The password may not go this way: the client is told, with the option that allows it. */
        POLICY
    }
}
