package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.TcpStreamChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
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

    /** Options of listening sockets by the numbers that Linux gives them: Netty has names for those of other channels only. */
    private static final ChannelOption<Integer> KEEP_ALIVE = new IntegerUnixChannelOption("SO_KEEPALIVE", 1, 9);

    private static final int TCP = 6;
    private static final ChannelOption<Integer> NO_DELAY = new IntegerUnixChannelOption("TCP_NODELAY", TCP, 1);
    private static final ChannelOption<Integer> KEEP_ALIVE_IDLE = new IntegerUnixChannelOption("TCP_KEEPIDLE", TCP, 4);
    private static final ChannelOption<Integer> KEEP_ALIVE_INTERVAL = new IntegerUnixChannelOption("TCP_KEEPINTVL",
            TCP, 5);
    private static final ChannelOption<Integer> KEEP_ALIVE_COUNT = new IntegerUnixChannelOption("TCP_KEEPCNT", TCP, 6);

    private SocketOptions() {}

    /** Seconds of silence before the system asks a TCP peer whether it is still there. */
    public static final int KEEP_ALIVE_IDLE_SECONDS = 60;

    /** Seconds between such questions. */
    public static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;

    /** How many of them in a row may stay without an answer: the connection breaks then, two minutes after the last word. */
    public static final int KEEP_ALIVE_PROBES = 6;

    /** Prepares a channel before it is registered: it reads nothing by itself, and TCP sends at once and probes idle peers. */
    public static void apply(Channel channel, Address address) {
        applyInherited(channel);
        if (address instanceof Address.Inet) {
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            keepAlive(channel);
        }
    }

    /**
     * Prepares a listening socket, so that what it accepts inherits the options of TCP: those calls are not made for each client.
     *
     * @return whether that is so; if not, each client needs them
     */
    public static boolean inherit(ServerChannel listener) {
        if (listener instanceof EpollServerSocketChannel) {
            ChannelConfig config = listener.config();
            config.setOption(KEEP_ALIVE, 1);
            config.setOption(NO_DELAY, 1);
            config.setOption(KEEP_ALIVE_IDLE, KEEP_ALIVE_IDLE_SECONDS);
            config.setOption(KEEP_ALIVE_INTERVAL, KEEP_ALIVE_INTERVAL_SECONDS);
            config.setOption(KEEP_ALIVE_COUNT, KEEP_ALIVE_PROBES);
            return true;
        }
        return false;
    }

    private static void applyInherited(Channel channel) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setWriteBufferWaterMark(WATER_MARKS);
    }

    /**
     * The same for the channel of a client, which may send files.
     *
     * @param inherited whether it has the options of TCP already, from its listener
     */
    public static void applyToClient(Channel channel, Address address, boolean inherited) {
        if (inherited) {
            applyInherited(channel);
        } else {
            apply(channel, address);
        }
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
