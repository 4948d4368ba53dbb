package dev.myproxy.lua.lib.net;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;

/**
 * The part of a string that {@code s:send(data, first, last)} means. First {@code last} cuts off what follows that position, then
 * {@code first} counts in what is left; negative positions count from the end.
 */
final class SendRange {

    private SendRange() {}

    static ByteString read(LuaArgs args) {
        args.expectCount(1, Integer.MAX_VALUE, "Not enough parameters");
        args.expectCount(1, 3, "Too many parameters");
        ByteString data = args.string(1);
        int end = position(args, 3, data.length(), data.length());
        int start = position(args, 2, end, 1);
        return args.get(2) instanceof LuaValue.Nil && args.get(3) instanceof LuaValue.Nil
                ? data
                : ByteString.copyOf(data.toByteArray(), start - 1, end);
    }

    private static int position(LuaArgs args, int number, int length, int otherwise) {
        if (args.get(number) instanceof LuaValue.Nil) {
            return otherwise;
        }
        double given = args.number(number);
        double position = given < 0 ? length + 1 + Math.ceil(given) : Math.floor(given);
        if (!(position >= 1 && position <= length)) {
            throw args.bad(number, "Bad string position");
        }
        return (int) position;
    }
}
