package dev.myproxy.listen;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.myproxy.address.Address;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import dev.myproxy.transport.Transport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * A process that listens on the Unix socket named by its first argument, over channels of the kind that the second one names, and
 * echoes. Ends with its standard input.
 */
final class CrowdedListener {

    private CrowdedListener() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(AcceptPause.class)).setLevel(Level.DEBUG);
        Sockets kind = Sockets.valueOf(args[1]);
        Vertx vertx = TestedTransport.vertx(kind);
        try (Transport transport = TestedTransport.of(kind, vertx)) {
            vertx.deployVerticle(new ListenerVerticle(transport, new Address.UnixPath(args[0]), Path.of("/"),
                    new EventLoopBalance(transport.loops()), CrowdedListener::echo)).await();
            ListenBus.accept(vertx);
            System.in.read();
            vertx.close().await();
        }
    }

    private static void echo(AcceptedClient client) {
        client.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                var _ = context.writeAndFlush(message);
            }
        });
        client.channel().config().setAutoRead(true);
    }
}
