package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;

/**
 * What a client is asked for, step by step. A state machine: {@link #begin} once, then {@link #next} for each packet of the
 * client that a step asked for.
 */
public sealed interface ClientAuth permits PasswordRequest, NativeRequest {

    /** The step after the client's first answer. */
    ClientStep begin();

    /** The step after a packet of the client, which is wiped if it is not handed on. */
    ClientStep next(AuthAnswer packet);
}
