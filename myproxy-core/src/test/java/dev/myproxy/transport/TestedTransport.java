package dev.myproxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.TcpStreamChannel;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of channel that tests of connections run with: those that work here. */
public final class TestedTransport {

    /** What tests run with that don't care; another one can be had with a system property, such as {@code IO_URING}. */
    public static final Sockets DEFAULT = Sockets.valueOf(System.getProperty("myproxy.test.transport", "EPOLL"));

    private TestedTransport() {}

    /** All that work here. */
    public static Stream<Sockets> kinds() {
        return Stream.of(Sockets.values())
                .filter(kind -> kind != Sockets.IO_URING || IoUringLoops.unavailable().isEmpty());
    }

    /** All that work here and have abstract sockets and credentials of peers. */
    public static Stream<Sockets> nativeKinds() {
        return kinds().filter(kind -> kind != Sockets.NIO);
    }

    /** What connections of one kind need a Vert.x instance to be. */
    public static Vertx vertx(Sockets kind) {
        return Vertx.builder().withTransport(
                kind == Sockets.NIO ? io.vertx.core.transport.Transport.NIO : Transport.preferred()).build();
    }

    /** Connections of one kind; to be closed after the Vert.x instance. */
    public static Transport of(Sockets kind, Vertx vertx) {
        return of(kind, vertx, 2);
    }

    /** The same with a number of event loops, if it has its own. */
    public static Transport of(Sockets kind, Vertx vertx, int loops) {
        return kind == Sockets.IO_URING ? Transport.ioUring(loops) : Transport.of(vertx);
    }

    /** How the system probes the peer of a silent TCP channel of a native kind: idle time, interval, number. */
    public static List<Integer> keepAlive(Channel channel) {
        List<ChannelOption<Integer>> options = channel instanceof TcpStreamChannel
                ? List.of(IoUringChannelOption.TCP_KEEPIDLE, IoUringChannelOption.TCP_KEEPINTVL,
                        IoUringChannelOption.TCP_KEEPCNT)
                : List.of(EpollChannelOption.TCP_KEEPIDLE, EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT);
        return options.stream().map(channel.config()::getOption).toList();
    }
}
