package dev.myproxy.lua.lib.net;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.net.ScriptSocket;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Optional;

/** A socket in a script. Closed when nobody has it any more, be that late. */
final class SocketObject extends LuaObject {

    static final LuaClass<SocketObject> CLASS = new LuaClass<>("socket.connection", SocketObject.class)
            .method("send", SocketObject::send)
            .method("receive", SocketObject::receive)
            .method("close", SocketObject::close);

    private static final int USUAL_MAX = 64 * 1024;
    private static final int LARGEST_MAX = 1024 * 1024;
    private static final double SHORTEST_SECONDS = 0.005;
    private static final Cleaner CLEANER = Cleaner.create();

    private final ScriptSocket socket;
    private final Duration timeout;

    SocketObject(ScriptSocket socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
        CLEANER.register(this, socket::close);
    }

    private LuaReply send(LuaArgs args) {
        ByteString data = SendRange.read(args);
        if (data.isEmpty()) {
            return LuaReply.of(LuaValue.of(0));
        }
        return later(socket.send(data, timeout).map(_ -> LuaValue.of(data.length())), () -> {});
    }

    private LuaReply receive(LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        int max = args.get(1) instanceof LuaValue.Nil ? USUAL_MAX : max(args);
        Duration patience = args.get(2) instanceof LuaValue.Nil ? timeout : patience(args);
        return later(socket.receive(max, patience).map(SocketObject::received), socket::cancelReceive);
    }

    private static int max(LuaArgs args) {
        double max = args.number(1);
        if (!(max >= 1 && max <= LARGEST_MAX)) {
            throw args.bad(1, "Number from 1 to " + LARGEST_MAX + " expected");
        }
        return (int) max;
    }

    private static Duration patience(LuaArgs args) {
        double seconds = args.number(2);
        if (!(seconds >= 0 && seconds <= ConnectArguments.LONGEST_SECONDS)) {
            throw args.bad(2, "Number of seconds from 0 to 86400 expected");
        }
        // what has arrived already must have the time to come from the kernel
        return ConnectArguments.seconds(Math.max(seconds, SHORTEST_SECONDS));
    }

    private static LuaValue received(Optional<ByteString> data) {
        return data.map(LuaValue::of).orElseGet(LuaValue::nil);
    }

    /** Whoever waits keeps the object from being collected, also in a tail call. */
    private LuaReply later(Future<LuaValue> result, Runnable cancel) {
        return Replies.later(result, this::kept, cancel);
    }

    private LuaValue kept(LuaValue value) {
        return value;
    }

    private LuaReply close(LuaArgs args) {
        socket.close();
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
