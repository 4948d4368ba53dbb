package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A key: a string, a number that is one, or a boolean, told apart as Lua's tables do. Comparable, so that a hash table
 * full of keys that a peer chose to collide is still searched quickly.
 *
 * @param bytes the type, then the value
 */
record CacheKey(ByteString bytes) implements Comparable<CacheKey> {

    /** The key that a value stands for; empty if it can't be one. */
    static Optional<CacheKey> of(LuaValue value) {
        return switch (value) {
            case LuaValue.Str(ByteString string) -> Optional.of(key('s', string.toByteArray()));
            case LuaValue.Num(double number) when !Double.isNaN(number) ->
                // adding 0 makes one zero of the two
                Optional.of(key('n', ByteBuffer.allocate(Double.BYTES).putDouble(number + 0.0).array()));
            case LuaValue.Bool(boolean flag) -> Optional.of(key('b', new byte[]{(byte) (flag ? 1 : 0)}));
            default -> Optional.empty();
        };
    }

    private static CacheKey key(char type, byte[] value) {
        byte[] bytes = new byte[value.length + 1];
        bytes[0] = (byte) type;
        System.arraycopy(value, 0, bytes, 1, value.length);
        return new CacheKey(ByteString.copyOf(bytes));
    }

    @Override
    public int compareTo(CacheKey other) {
        return bytes.compareTo(other.bytes);
    }
}
