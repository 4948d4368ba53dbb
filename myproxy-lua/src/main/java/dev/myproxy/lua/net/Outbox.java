package dev.myproxy.lua.net;

import dev.myproxy.protocol.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * What is to be sent on a socket: one message after the other, because Netty would join those that wait together. On the
 * socket's event loop.
 */
final class Outbox {

    private record Sending(ByteString bytes, Promise<Void> result) {}

    private final Channel channel;
    private final Function<Throwable, SocketFailure> failed;
    private final Deque<Sending> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param failed is told of a failure, and says what to tell the sender
     */
    Outbox(Channel channel, Function<Throwable, SocketFailure> failed) {
        this.channel = channel;
        this.failed = failed;
    }

    void send(ByteString bytes, Promise<Void> result) {
        waiting.add(new Sending(bytes, result));
        next();
    }

    private void next() {
        Sending sending = busy ? null : waiting.poll();
        if (sending != null) {
            busy = true;
            channel.writeAndFlush(Unpooled.wrappedBuffer(sending.bytes.toByteArray()))
                    .addListener((ChannelFuture written) -> {
                        busy = false;
                        if (written.isSuccess()) {
                            sending.result.tryComplete();
                        } else {
                            sending.result.tryFail(failed.apply(written.cause()));
                        }
                        next();
                    });
        }
    }
}
