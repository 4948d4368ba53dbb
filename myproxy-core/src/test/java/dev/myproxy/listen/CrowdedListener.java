package dev.myproxy.listen;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.myproxy.address.Address;
import dev.myproxy.transport.Transport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A process that listens on the Unix socket named by its argument, and echoes. Ends with its standard input. */
final class CrowdedListener {

    private CrowdedListener() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(AcceptPause.class)).setLevel(Level.DEBUG);
        Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();
        vertx.deployVerticle(new ListenerVerticle(Transport.of(vertx), new Address.UnixPath(args[0]), Path.of("/"),
                new EventLoopBalance(vertx), CrowdedListener::echo)).await();
        ListenBus.accept(vertx);
        System.in.read();
        vertx.close().await();
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
