package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.TcpStreamChannel;
import jdk.net.ExtendedSocketOptions;

/** What the channels to clients and to servers have in common. */
public final class SocketOptions {

    /** Queued bytes below which a channel is writable again, and above which it is not. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * The most that is read from a client at once. Each read lets a TCP peer send more, which costs much of what copying does: a
     * file for LOAD DATA LOCAL INFILE that is read 64 kB at a time takes nearly twice the processor time. Only where as much comes
     * are buffers as large.
     */
    private static final int MAX_READ_BYTES = 256 * 1024;

    private static final int MIN_READ_BYTES = 64;
    private static final int FIRST_READ_BYTES = 2048;
    /** So often a socket that is never empty is read before others have their turn, while the other side takes it all. */
    private static final int READS_IN_TURN = 16;

    private static final RecvByteBufAllocator CLIENT_READS = new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES,
            FIRST_READ_BYTES,
            MAX_READ_BYTES).maxMessagesPerRead(READS_IN_TURN);

    private SocketOptions() {}

    /** Seconds of silence before the system asks a TCP peer whether it is still there. */
    public static final int KEEP_ALIVE_IDLE_SECONDS = 60;

    /** Seconds between such questions. */
    public static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;

    /** How many of them in a row may stay without an answer: the connection breaks then, two minutes after the last word. */
    public static final int KEEP_ALIVE_PROBES = 6;

    /** Prepares a channel before it is registered: it reads nothing by itself, and TCP sends at once and probes idle peers. */
    public static void apply(Channel channel, Address address) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setWriteBufferWaterMark(WATER_MARKS);
        if (address instanceof Address.Inet) {
            config.setOption(ChannelOption.TCP_NODELAY, true);
            keepAlive(channel);
        }
    }

    /** The same for the channel of a client, which may send files. */
    public static void applyToClient(Channel channel, Address address) {
        apply(channel, address);
        channel.config().setRecvByteBufAllocator(CLIENT_READS);
    }

    private static void keepAlive(Channel channel) {
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (channel instanceof EpollSocketChannel) {
            config.setOption(EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS);
            config.setOption(EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_SECONDS);
            config.setOption(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
        } else if (channel instanceof TcpStreamChannel) {
            config.setOption(IoUringChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS);
            config.setOption(IoUringChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_SECONDS);
            config.setOption(IoUringChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
        } else {
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEP_ALIVE_IDLE_SECONDS);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                    KEEP_ALIVE_INTERVAL_SECONDS);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEP_ALIVE_PROBES);
        }
    }
}
