package dev.myproxy.lua.lib.net;

import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;

/** Control commands that a script collects. Each method gives the builder itself. */
final class ControlBuilder extends LuaObject {

    static final LuaClass<ControlBuilder> CLASS = new LuaClass<>("control_client.builder", ControlBuilder.class)
            .method("fade_children", each(ControlCommand.FADE_CHILDREN))
            .method("flush_filter_cache", each(ControlCommand.FLUSH_FILTER_CACHE))
            .method("discard_session", each(ControlCommand.DISCARD_SESSION))
            .method("flush_http_cache", each(ControlCommand.FLUSH_HTTP_CACHE))
            .method("terminate_children", each(ControlCommand.TERMINATE_CHILDREN))
            .method("disconnect_database", each(ControlCommand.DISCONNECT_DATABASE))
            .method("reset_limiter", each(ControlCommand.RESET_LIMITER))
            .method("reject_client", withExpiry(ControlCommand.REJECT_CLIENT))
            .method("tarpit_client", withExpiry(ControlCommand.TARPIT_CLIENT))
            .method("cancel_job", ControlBuilder::cancelJob);

    private static final long USUAL_EXPIRY_SECONDS = 60;
    private static final long LONGEST_EXPIRY_SECONDS = 0xffff_ffffL;

    private final ControlDatagram datagram = new ControlDatagram();

    /** One command for each argument. */
    private static LuaClass.Method<ControlBuilder> each(ControlCommand command) {
        return (self, args) -> {
            expectSome(args);
            List<ByteString> payloads = IntStream.rangeClosed(1, args.count()).mapToObj(args::string).toList();
            payloads.forEach(payload -> self.add(command, payload));
            return LuaReply.of(self);
        };
    }

    /** One command for each address; a number after them says how many seconds they are in force. */
    private static LuaClass.Method<ControlBuilder> withExpiry(ControlCommand command) {
        return (self, args) -> {
            expectSome(args);
            boolean hasExpiry = args.count() > 1 && args.get(args.count()) instanceof LuaValue.Num;
            long expiry = hasExpiry ? seconds(args, args.count()) : USUAL_EXPIRY_SECONDS;
            List<ByteString> addresses = IntStream.rangeClosed(1, args.count() - (hasExpiry ? 1 : 0))
                    .mapToObj(number -> address(args, number)).toList();
            addresses.forEach(address -> self.add(command, expiring(expiry, address)));
            return LuaReply.of(self);
        };
    }

    private static void expectSome(LuaArgs args) {
        args.expectCount(1, Integer.MAX_VALUE, "Not enough parameters");
    }

    private static ByteString address(LuaArgs args, int number) {
        if (!(args.get(number) instanceof LuaValue.Str(ByteString address))) {
            throw args.badType(number, "address (string)");
        }
        return address;
    }

    private static long seconds(LuaArgs args, int number) {
        double seconds = args.number(number);
        if (!(seconds >= 0 && seconds <= LONGEST_EXPIRY_SECONDS && seconds == Math.rint(seconds))) {
            throw args.bad(number, "Whole number of seconds from 0 to " + LONGEST_EXPIRY_SECONDS + " expected");
        }
        return (long) seconds;
    }

    /** {@code 4 seconds, big-endian; address}. */
    private static ByteString expiring(long seconds, ByteString address) {
        ByteBuf payload = Unpooled.buffer().writeInt((int) seconds);
        address.writeTo(payload);
        return ByteString.read(payload, payload.readableBytes());
    }

    /** {@code partition, NUL, job}. */
    private LuaReply cancelJob(LuaArgs args) {
        args.expectCount(2, Integer.MAX_VALUE, "Not enough parameters");
        args.expectCount(2, 2, "Too many parameters");
        ByteString partition = args.string(1);
        ByteString job = args.string(2);
        if (!partition.untilNul().equals(partition)) {
            throw args.bad(1, "Name contains a NUL byte");
        }
        ByteBuf payload = Unpooled.buffer();
        partition.writeTo(payload);
        payload.writeByte(0);
        job.writeTo(payload);
        add(ControlCommand.CANCEL_JOB, ByteString.read(payload, payload.readableBytes()));
        return LuaReply.of(this);
    }

    private void add(ControlCommand command, ByteString payload) {
        if (!datagram.add(command, payload)) {
            throw LuaError
                    .positioned("Too much for one datagram: it has at most " + ControlDatagram.LARGEST + " bytes");
        }
    }

    ByteString datagram() {
        return datagram.toBytes();
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
