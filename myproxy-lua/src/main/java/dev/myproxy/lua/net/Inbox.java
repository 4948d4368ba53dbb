package dev.myproxy.lua.net;

import dev.myproxy.protocol.ByteString;
import io.netty.channel.Channel;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What has arrived at a socket, and who waits for it. Reads only when somebody waits. On the socket's event loop. */
final class Inbox {

    private record Receiver(int max, Promise<Optional<ByteString>> result, Future<?> timer) {}

    private final Channel channel;
    private final boolean messages;
    private final Deque<ByteString> arrived = new ArrayDeque<>();
    private @Nullable Receiver receiver;
    private @Nullable SocketFailure failure;
    private boolean ended;

    /**
     * @param messages whether what arrives are messages, each to be received by itself
     */
    Inbox(Channel channel, boolean messages) {
        this.channel = channel;
        this.messages = messages;
    }

    void receive(int max, Duration timeout, Promise<Optional<ByteString>> result) {
        if (receiver != null) {
            result.fail(SocketFailure.of("Another receive is waiting"));
            return;
        }
        Future<?> timer = channel.eventLoop().schedule(() -> fail(SocketFailure.timeout()), timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        receiver = new Receiver(max, result, timer);
        deliver();
        if (receiver != null) {
            channel.read();
        }
    }

    void add(ByteString bytes) {
        arrived.add(bytes);
        deliver();
    }

    /** Nothing more will come. */
    void end() {
        ended = true;
        deliver();
    }

    /** Nothing more will come, because something went wrong. */
    void breakDown(SocketFailure cause) {
        if (failure == null) {
            failure = cause;
        }
        deliver();
    }

    /** Whoever waits now gets this. */
    boolean fail(SocketFailure cause) {
        Receiver waiting = takeReceiver();
        if (waiting != null) {
            waiting.result.fail(cause);
        }
        return waiting != null;
    }

    private void deliver() {
        Receiver waiting = arrived.isEmpty() && failure == null && !ended ? null : takeReceiver();
        if (waiting == null) {
            return;
        }
        if (!arrived.isEmpty()) {
            waiting.result.complete(Optional.of(take(waiting.max)));
        } else if (failure != null) {
            waiting.result.fail(failure);
        } else {
            waiting.result.complete(Optional.empty());
        }
    }

    private ByteString take(int max) {
        ByteString first = arrived.remove();
        if (first.length() <= max) {
            return first;
        }
        byte[] bytes = first.toByteArray();
        if (!messages) {
            arrived.addFirst(ByteString.copyOf(bytes, max, bytes.length));
        }
        return ByteString.copyOf(bytes, 0, max);
    }

    private @Nullable Receiver takeReceiver() {
        Receiver waiting = receiver;
        receiver = null;
        if (waiting != null) {
            waiting.timer.cancel(false);
        }
        return waiting;
    }
}
