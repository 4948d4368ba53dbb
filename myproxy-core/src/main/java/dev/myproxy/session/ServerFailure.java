package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.session.meters.DisconnectCause;

/**
 * Why a server did not greet, or did not accept a login.
 *
 * @param cause  if the session ends because of this
 * @param reason for the log
 * @param error  for the client
 */
record ServerFailure(DisconnectCause cause, String reason, ErrPacket error) {

    /** ER_CON_COUNT_ERROR. */
    private static final int TOO_MANY_CONNECTIONS = 1040;

    private static final ErrPacket CONNECTION_ERROR = ClientErrors.handshake("Connection error");

    static ServerFailure timeout(Address server) {
        return unreachable("Timeout: no greeting from " + server);
    }

    /** There was no connection, or nothing came through it. */
    static ServerFailure unreachable(String reason) {
        return new ServerFailure(DisconnectCause.CONNECT_FAILED, reason, CONNECTION_ERROR);
    }

    /** No descriptor is left here to connect with. */
    static ServerFailure withoutDescriptor(String reason) {
        return new ServerFailure(DisconnectCause.CONNECT_FAILED, reason, ClientErrors.TOO_MANY_CONNECTIONS);
    }

    /** The server is not fit any more, as its upstream has found out. */
    static ServerFailure unavailable(String reason) {
        return new ServerFailure(DisconnectCause.NODE_UNAVAILABLE, reason,
                ClientErrors.handshake(ClientErrors.NODE_UNAVAILABLE));
    }

    /** The server said no. */
    static ServerFailure refused(String reason, ErrPacket error) {
        return new ServerFailure(DisconnectCause.SERVER_REFUSED, reason, error);
    }

    static ServerFailure of(LoginFailure failure) {
        return new ServerFailure(cause(failure.kind()), failure.message(),
                ClientErrors.handshake(failure.clientText()));
    }

    private static DisconnectCause cause(LoginFailure.Kind kind) {
        return switch (kind) {
            case IMPOSSIBLE -> DisconnectCause.LOGIN_FAILED;
            case MALFORMED -> DisconnectCause.SERVER_MALFORMED;
            case CLOSED -> DisconnectCause.SERVER_CLOSED;
            case NO_MEMORY -> DisconnectCause.NO_MEMORY;
        };
    }

    /** The same with the name of the server, which nothing else tells as long as several are tried. */
    ServerFailure at(Address server) {
        return new ServerFailure(cause, server + ": " + reason, error);
    }

    /** Whether the server itself says why. */
    boolean isRefusal() {
        return cause == DisconnectCause.SERVER_REFUSED;
    }

    /** Whether it is our own fault: other servers can't be reached either. */
    boolean isOurs() {
        return isWithoutDescriptor() || cause == DisconnectCause.NO_MEMORY;
    }

    /** Whether there was no descriptor to connect with. */
    boolean isWithoutDescriptor() {
        return cause == DisconnectCause.CONNECT_FAILED && error.equals(ClientErrors.TOO_MANY_CONNECTIONS);
    }

    /** Whether the upstream itself says so, and has nothing to learn from it. */
    boolean isFromUpstream() {
        return cause == DisconnectCause.NODE_UNAVAILABLE;
    }

    /** Whether the server lives, but takes no more connections. */
    boolean isOverload() {
        return isRefusal() && error.code() == TOO_MANY_CONNECTIONS;
    }
}
