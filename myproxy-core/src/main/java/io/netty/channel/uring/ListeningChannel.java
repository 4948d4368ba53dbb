package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.NullMarked;

/**
 * A server channel of a socket that listens already, TCP or Unix, which Netty's own channels for io_uring can't be made of
 * (4.2.18). It accepts {@link StreamChannel}s. Stands in Netty's package because the class below
 * it is visible there alone.
 */
@NullMarked
public final class ListeningChannel extends AbstractIoUringServerChannel {

    private final SocketAddress address;
    private final boolean unix;
    private final boolean adopted;
    private final IoUringServerSocketChannelConfig config;
    private boolean asksFirst;

    private ListeningChannel(LinuxSocket socket, SocketAddress address, boolean adopted) {
        super(socket, true);
        this.address = address;
        this.unix = address instanceof DomainSocketAddress;
        this.adopted = adopted;
        this.config = new IoUringServerSocketChannelConfig(this);
    }

    /**
     * Binds a socket to an address and listens on it. The file of a Unix socket stays when the channel is closed.
     *
     * @param where   an Internet address or that of a Unix socket
     * @param backlog how many clients may wait
     * @return a channel that is not registered with an event loop yet
     */
    public static ListeningChannel bind(SocketAddress where, int backlog) throws IOException {
        boolean unix = where instanceof DomainSocketAddress;
        LinuxSocket socket = unix ? LinuxSocket.newSocketDomain() : LinuxSocket.newSocketStream();
        try {
            if (!unix) {
                socket.setReuseAddress(true);
            }
            socket.bind(where);
            socket.listen(backlog);
            return new ListeningChannel(socket, unix ? where : socket.localAddress(), false);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Makes a channel of a socket that listens already, whose options stay as they are.
     *
     * @param descriptor does not block; the channel closes it, and the caller if this fails
     * @param where      the socket is bound to
     * @return a channel that is not registered with an event loop yet
     */
    public static ListeningChannel adopt(int descriptor, SocketAddress where) throws IOException {
        LinuxSocket socket = new LinuxSocket(descriptor);
        boolean reuseAddress = socket.isReuseAddress();
        ListeningChannel channel = new ListeningChannel(socket, where, true);
        // Netty has switched it on
        socket.setReuseAddress(reuseAddress);
        return channel;
    }

    /**
     * Lets it wait for a client before it accepts, until that has gone well: without a descriptor, to accept fails at once even if
     * there is no client. On the event loop.
     */
    public void askFirst() {
        asksFirst = true;
    }

    @Override
    Channel newChildChannel(int descriptor, ByteBuffer peer) {
        asksFirst = false;
        LinuxSocket accepted = new LinuxSocket(descriptor);
        return unix ? new UnixStreamChannel(this, accepted) : new TcpStreamChannel(this, accepted);
    }

    /**
     * Whether to ask for clients before accepting them. Necessary for sockets that don't block: io_uring(7) does not wait for
     * these. And an accept that fails is repeated by the class below even if reading has been switched off for that, again
     * and again while no descriptor is left; to ask for clients, of whom nobody then wants to know, ends that.
     */
    @Override
    boolean isPollInFirst() {
        return adopted || asksFirst || !config.isAutoRead();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public SocketAddress localAddress() {
        return address;
    }
}
