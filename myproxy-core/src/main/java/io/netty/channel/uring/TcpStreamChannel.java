package io.netty.channel.uring;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.NullMarked;

/** A TCP connection. */
@NullMarked
public final class TcpStreamChannel extends StreamChannel {

    /** One to connect with. */
    public TcpStreamChannel() {
        super(null, LinuxSocket.newSocketStream(), false);
    }

    TcpStreamChannel(Channel parent, LinuxSocket accepted) {
        super(parent, accepted, true);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }
}
