package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.net.Network;
import dev.myproxy.lua.net.ScriptSocket;
import dev.myproxy.lua.net.SocketKind;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;

/** The network of a policy that is tested: the test sees what is sent, and says what comes back. */
final class TestedNetwork implements Network {

    private final Hooks hooks;

    TestedNetwork(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public Future<ScriptSocket> connect(Address address, SocketKind kind, Duration timeout) {
        return ask("connect", address, kind, LuaValue.nil()).map(_ -> new Socket(address, kind));
    }

    /** What the test answers: a text, or nothing. */
    private Future<Optional<ByteString>> ask(String event, Address address, SocketKind kind, LuaValue data) {
        return hooks.network().apply(LuaValue.list(LuaValue.of(event), LuaValue.of(address.toString()),
                LuaValue.of(kind.name().toLowerCase(Locale.ROOT)), data)).compose(answer -> {
                    boolean refused = !answer.isEmpty() && answer.getFirst().equals(LuaValue.of(false));
                    return refused
                            ? Future.failedFuture(new IOException(text(answer, 1).map(ByteString::utf8).orElse("")))
                            : Future.succeededFuture(text(answer, 0));
                });
    }

    private static Optional<ByteString> text(List<LuaValue> answer, int index) {
        return index < answer.size() ? LuaNumbers.asString(answer.get(index)) : Optional.empty();
    }

    /** A socket of the policy. */
    private final class Socket implements ScriptSocket {

        private final Address address;
        private final SocketKind kind;
        private final Queue<ByteString> replies = new ArrayDeque<>();
        private boolean closed;

        Socket(Address address, SocketKind kind) {
            this.address = address;
            this.kind = kind;
        }

        @Override
        public synchronized Future<Void> send(ByteString bytes, Duration timeout) {
            return closed
                    ? badDescriptor()
                    : ask("send", address, kind, LuaValue.of(bytes)).onSuccess(this::keep)
                            .mapEmpty();
        }

        private synchronized void keep(Optional<ByteString> reply) {
            reply.ifPresent(replies::add);
        }

        /** What nobody sends does not come: the time is over at once. */
        @Override
        public synchronized Future<Optional<ByteString>> receive(int max, Duration timeout) {
            if (closed) {
                return badDescriptor();
            }
            ByteString reply = replies.poll();
            return reply == null
                    ? Future.failedFuture(new IOException("timeout"))
                    : Future.succeededFuture(Optional.of(reply));
        }

        private static <T> Future<T> badDescriptor() {
            return Future.failedFuture(new IOException("Bad file descriptor"));
        }

        @Override
        public void cancelReceive() {
            // nothing waits
        }

        @Override
        public synchronized void close() {
            closed = true;
        }
    }
}
