package dev.myproxy.lua.net;

import dev.myproxy.protocol.ByteString;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** Brings calls to the socket's event loop. */
record NettySocket(EventLoop loop, SocketHandler handler) implements ScriptSocket {

    @Override
    public Future<Void> send(ByteString bytes, Duration timeout) {
        Promise<Void> result = Promise.promise();
        run(() -> handler.send(bytes, timeout, result), result);
        return result.future();
    }

    @Override
    public Future<Optional<ByteString>> receive(int max, Duration timeout) {
        Promise<Optional<ByteString>> result = Promise.promise();
        run(() -> handler.receive(max, timeout, result), result);
        return result.future();
    }

    @Override
    public void cancelReceive() {
        run(handler::cancelReceive, Promise.promise());
    }

    @Override
    public void close() {
        run(handler::close, Promise.promise());
    }

    /** When the daemon ends, event loops take nothing more, and all sockets are closed. */
    private void run(Runnable call, Promise<?> result) {
        try {
            loop.execute(call);
        } catch (RejectedExecutionException _) {
            result.fail(SocketFailure.closed());
        }
    }
}
