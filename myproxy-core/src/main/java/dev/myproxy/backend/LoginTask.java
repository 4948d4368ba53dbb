package dev.myproxy.backend;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.TlsFailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * What a login to a server is for. Called on the event loop of the backend's channel. Of {@link #accepted},
 * {@link #refused} and {@link #failed} one is called, once, if the connection came to stand; the receiver closes the
 * channel when it does not want it.
 */
public interface LoginTask {

    /**
     * A login that worked. The channel goes on reading: the receiver puts a handler of its own in the place of the login's
     * before it returns.
     *
     * @param channel      the backend's
     * @param capabilities that both legs have
     * @param ok           payload of the server's OK packet; the receiver releases it
     * @param rest         what was received behind it; the receiver releases it
     */
    record Accepted(Channel channel, Capabilities capabilities, ByteBuf ok, ByteBuf rest) {}

    /** Whether nobody wants the login any more: its channel is closed then, or will be. */
    boolean isOver();

    /** The connection stands. */
    default void connected() {}

    /** A packet of the server has arrived, whatever it is. */
    default void received() {}

    /** The server has greeted. */
    default void greeted(Greeting greeting) {}

    /** The server has agreed to TLS, and the handshake begins. */
    default void encrypts() {}

    /** What follows is encrypted. */
    default void encrypted(Encryption agreed) {}

    /** There was to be TLS, and there is none; that the login has failed is told next. */
    default void notEncrypted(TlsFailureKind why) {}

    void accepted(Accepted login);

    /**
     * The server said no.
     *
     * @param greeted whether it had greeted: if not, it refused the connection, not the credentials
     * @param message for the log
     * @param error   the server's, with an SQLSTATE
     */
    void refused(boolean greeted, String message, ErrPacket error);

    /** It came to no decision of the server. */
    void failed(LoginFailure failure);
}
