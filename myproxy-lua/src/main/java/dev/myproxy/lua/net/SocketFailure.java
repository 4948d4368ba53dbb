package dev.myproxy.lua.net;

import dev.myproxy.transport.ErrorText;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.PortUnreachableException;

/** What went wrong with a socket, in the words that scripts get to see. */
final class SocketFailure extends IOException {

    private static final long serialVersionUID = 1;

    private SocketFailure(String message) {
        super(message);
    }

    static SocketFailure timeout() {
        return new SocketFailure("timeout");
    }

    /** EBADF. */
    static SocketFailure closed() {
        return new SocketFailure("Bad file descriptor");
    }

    /** EMSGSIZE. */
    static SocketFailure tooLong() {
        return new SocketFailure("Message too long");
    }

    static SocketFailure of(String text) {
        return new SocketFailure(text);
    }

    static SocketFailure of(Throwable cause) {
        return switch (cause) {
            case SocketFailure failure -> failure;
            case ConnectTimeoutException _ -> timeout();
            // Netty's name for ECONNREFUSED of a datagram socket
            case PortUnreachableException _ -> new SocketFailure("Connection refused");
            default -> new SocketFailure(ErrorText.of(cause));
        };
    }
}
