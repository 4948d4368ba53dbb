package dev.myproxy.proxyheader;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * How a connection to a server begins that wants to know whom it is for.
 *
 * @param version that the server is to read
 */
public record Introduction(HeaderVersion version, ProxyHeader header) {

    /** Sends it, before anything else is sent. On the channel's event loop. */
    public void send(Channel channel) {
        ByteBuf bytes = channel.alloc().buffer();
        version.write(header, bytes);
        var _ = channel.writeAndFlush(bytes, channel.voidPromise());
    }
}
