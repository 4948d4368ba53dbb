package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.TcpSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;

/** How the system finds out that the other end of a silent TCP connection is gone; Vert.x has no words for it. */
final class KeepAlive {

    private KeepAlive() {}

    static void apply(TcpSettings settings, Channel channel) {
        set(channel, seconds(settings.idle()), EpollChannelOption.TCP_KEEPIDLE, ExtendedSocketOptions.TCP_KEEPIDLE);
        set(channel, seconds(settings.interval()), EpollChannelOption.TCP_KEEPINTVL,
                ExtendedSocketOptions.TCP_KEEPINTERVAL);
        set(channel, settings.count(), EpollChannelOption.TCP_KEEPCNT, ExtendedSocketOptions.TCP_KEEPCOUNT);
    }

    private static OptionalInt seconds(Optional<Duration> time) {
        return time.map(t -> OptionalInt.of((int) t.toSeconds())).orElse(OptionalInt.empty());
    }

    private static void set(Channel channel, OptionalInt value, ChannelOption<Integer> epoll,
            SocketOption<Integer> nio) {
        value.ifPresent(number -> {
            switch (channel) {
                case EpollSocketChannel _ -> channel.config().setOption(epoll, number);
                case NioSocketChannel _ -> channel.config().setOption(NioChannelOption.of(nio), number);
                default -> {
                    // a Unix socket
                }
            }
        });
    }
}
