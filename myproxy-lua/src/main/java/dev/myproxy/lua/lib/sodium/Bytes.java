package dev.myproxy.lua.lib.sodium;

import com.sun.jna.Pointer;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Bytes and hexadecimal digits, random bytes, digests; whatever may be secret in time that does not depend on it. */
final class Bytes {

    private static final int MAX_RANDOM_BYTES = 1 << 20;

    private Bytes() {}

    static LuaReply toHex(LuaArgs args) {
        ByteString bytes = args.string(1);
        byte[] hex = new byte[2 * bytes.length() + 1];
        Natives.sodium_bin2hex(hex, hex.length, bytes.toByteArray(), bytes.length());
        return LuaReply.of(LuaValue.of(ByteString.copyOf(hex, 0, hex.length - 1)));
    }

    static LuaReply fromHex(LuaArgs args) {
        ByteString hex = args.string(1);
        byte[] bytes = new byte[hex.length() / 2];
        int failed = Natives.sodium_hex2bin(bytes, bytes.length, hex.toByteArray(), hex.length(), Pointer.NULL,
                new long[1], Pointer.NULL);
        return failed == 0 ? LuaReply.of(LuaValue.of(ByteString.copyOf(bytes))) : LuaReply.NOTHING;
    }

    static LuaReply random(LuaArgs args) {
        long size = (long) args.number(1);
        if (size < 1) {
            throw args.bad(1, "Size is too small");
        }
        if (size > MAX_RANDOM_BYTES) {
            throw args.bad(1, "Size is too large");
        }
        byte[] bytes = new byte[(int) size];
        Natives.randombytes_buf(bytes, bytes.length);
        return LuaReply.of(LuaValue.of(ByteString.copyOf(bytes)));
    }

    static LuaReply equal(LuaArgs args) {
        return LuaReply.of(
                LuaValue.of(MessageDigest.isEqual(args.string(1).toByteArray(), args.string(2).toByteArray())));
    }

    static LuaReply sha1(LuaArgs args) {
        return digest("SHA-1", args);
    }

    static LuaReply sha256(LuaArgs args) {
        return digest("SHA-256", args);
    }

    private static LuaReply digest(String algorithm, LuaArgs args) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(args.string(1).toByteArray());
            return LuaReply.of(LuaValue.of(ByteString.copyOf(digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
