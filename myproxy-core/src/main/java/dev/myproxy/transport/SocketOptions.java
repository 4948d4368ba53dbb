package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** What the channels to clients and to servers have in common. */
public final class SocketOptions {

    /** Queued bytes below which a channel is writable again, and above which it is not. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private SocketOptions() {}

    /** Prepares a channel before it is registered: it reads nothing by itself, and TCP sends at once and probes idle peers. */
    public static void apply(Channel channel, Address address) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setWriteBufferWaterMark(WATER_MARKS);
        if (address instanceof Address.Inet) {
            config.setOption(ChannelOption.TCP_NODELAY, true);
            config.setOption(ChannelOption.SO_KEEPALIVE, true);
        }
    }
}
