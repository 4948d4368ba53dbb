package dev.myproxy.lua.check.outside;

import dev.myproxy.lua.net.ScriptSocket;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A socket that takes everything, and that nobody reads from. */
final class DeafSocket implements ScriptSocket {

    @Override
    public Future<Void> send(ByteString bytes, Duration timeout) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Optional<ByteString>> receive(int max, Duration timeout) {
        return Future.failedFuture(new IOException("timeout"));
    }

    @Override
    public void cancelReceive() {}

    @Override
    public void close() {}
}
