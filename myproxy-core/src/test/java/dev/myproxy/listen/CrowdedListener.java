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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A process that listens on the Unix socket named by its first argument, over channels of the kind that the second one names, and
 * echoes. The third one is what clients are told if there is no descriptor for them. Ends with its standard input.
 */
final class CrowdedListener {

    private CrowdedListener() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(AcceptPause.class)).setLevel(Level.DEBUG);
        // Has the classes loaded that log: here they are files, which can't be opened later.
        LoggerFactory.getLogger(CrowdedListener.class).warn("Begins", new IOException("nothing"));
        Sockets kind = Sockets.valueOf(args[1]);
        Vertx vertx = TestedTransport.vertx(kind);
        try (Transport transport = TestedTransport.of(kind, vertx)) {
            ListenerVerticle listener = new ListenerVerticle(transport, new Address.UnixPath(args[0]), Path.of("/"),
                    new EventLoopBalance(transport.loops()), CrowdedListener::echo);
            if (!args[2].isEmpty()) {
                listener.refusing(new Refusal(args[2].getBytes(StandardCharsets.UTF_8),
                        _ -> System.out.println("told")));
            }
            vertx.deployVerticle(listener).await();
            if (!ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The listener does not get ready to tell clients");
            }
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
