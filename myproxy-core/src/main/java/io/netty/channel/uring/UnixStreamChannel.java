package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a Unix socket, whose peer may close its half and still get answers. Netty's own channel takes the option for
 * that and heeds it not (4.2.18): it closes the socket.
 */
@NullMarked
public final class UnixStreamChannel extends StreamChannel {

    /** One to connect with. */
    public UnixStreamChannel() {
        super(null, LinuxSocket.newSocketDomain(), false);
    }

    UnixStreamChannel(Channel parent, LinuxSocket accepted) {
        super(parent, accepted, true);
    }

    /** Who the peer was when it connected. */
    public PeerCredentials peerCredentials() throws IOException {
        return socket.getPeerCredentials();
    }

    @Override
    public @Nullable DomainSocketAddress localAddress() {
        return isActive() ? socket.localDomainSocketAddress() : null;
    }

    @Override
    public @Nullable DomainSocketAddress remoteAddress() {
        return isActive() ? socket.remoteDomainSocketAddress() : null;
    }

    /** Such polls are edge-triggered, and older kernels do not say of Unix sockets whether more is to be read. */
    @Override
    protected boolean allowMultiShotPollIn() {
        return false;
    }

    @Override
    protected boolean socketIsEmpty(int flags) {
        return IoUring.isUnixDomainSocketInqSupported() && super.socketIsEmpty(flags);
    }
}
