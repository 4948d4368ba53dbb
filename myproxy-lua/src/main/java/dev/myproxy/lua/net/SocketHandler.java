package dev.myproxy.lua.net;

import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Promise;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The only handler of a script's socket. On the socket's event loop. */
final class SocketHandler extends ChannelInboundHandlerAdapter {

    /** What the kernel needs in the send buffer beside a Unix message's bytes. */
    private static final int MESSAGE_OVERHEAD = 32;

    private final Channel channel;
    private final SocketKind kind;
    private final Inbox inbox;
    private final Outbox outbox;
    private @Nullable SocketFailure failure;
    private boolean closed;

    SocketHandler(Channel channel, SocketKind kind) {
        this.channel = channel;
        this.kind = kind;
        this.inbox = new Inbox(channel, kind.hasMessages());
        this.outbox = new Outbox(channel, this::writeFailed);
    }

    void send(ByteString bytes, Duration timeout, Promise<Void> result) {
        SocketFailure obstacle = obstacle();
        if (obstacle != null) {
            result.fail(obstacle);
        } else if (kind == SocketKind.SEQPACKET && bytes.length() > largestMessage()) {
            // the kernel would say it too, but then Netty would close the socket
            result.fail(SocketFailure.tooLong());
        } else {
            Future<?> timer = channel.eventLoop().schedule(() -> sendTimedOut(result), timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
            result.future().onComplete(_ -> timer.cancel(false));
            outbox.send(bytes, result);
        }
    }

    private int largestMessage() {
        return Optional.ofNullable(channel.config().getOption(ChannelOption.SO_SNDBUF)).orElse(Integer.MAX_VALUE)
                - MESSAGE_OVERHEAD;
    }

    private void sendTimedOut(Promise<Void> result) {
        if (result.tryFail(SocketFailure.timeout())) {
            close();
        }
    }

    void receive(int max, Duration timeout, Promise<Optional<ByteString>> result) {
        SocketFailure obstacle = closed || kind == SocketKind.DGRAM ? obstacle() : null;
        if (obstacle == null) {
            inbox.receive(max, timeout, result);
        } else {
            result.fail(obstacle);
        }
    }

    void cancelReceive() {
        inbox.fail(SocketFailure.of("cancelled"));
    }

    void close() {
        closed = true;
        inbox.fail(SocketFailure.closed());
        var _ = channel.close();
    }

    /** What keeps the socket from being used; a datagram socket tells each failure once. */
    private @Nullable SocketFailure obstacle() {
        if (closed) {
            return SocketFailure.closed();
        }
        SocketFailure found = failure;
        if (kind == SocketKind.DGRAM) {
            failure = null;
        }
        return found;
    }

    private SocketFailure writeFailed(Throwable cause) {
        if (closed) {
            return SocketFailure.closed();
        }
        return kind == SocketKind.DGRAM ? SocketFailure.of(cause) : broken(cause);
    }

    /** The first failure of a connection is the reason of all later ones. */
    private SocketFailure broken(Throwable cause) {
        SocketFailure reason = failure;
        if (reason == null) {
            reason = cause instanceof ClosedChannelException
                    ? SocketFailure.of("Broken pipe")
                    : SocketFailure.of(cause);
            failure = reason;
            inbox.breakDown(reason);
        }
        return reason;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf bytes = message instanceof ByteBufHolder packet ? packet.content() : (ByteBuf) message;
            inbox.add(ByteString.read(bytes, bytes.readableBytes()));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            inbox.end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inbox.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (kind != SocketKind.DGRAM) {
            broken(cause);
        } else if (!inbox.fail(SocketFailure.of(cause))) {
            failure = SocketFailure.of(cause);
        }
    }
}
