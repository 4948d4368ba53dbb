package dev.myproxy.lua.lib.sodium;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.protocol.ByteString;

/** Arguments that are keys: strings of a fixed length. */
public final class Keys {

    private static final int BOX_SECRET_KEY_BYTES = 32;

    private Keys() {}

    /** A public key, for boxes or signatures. */
    public static ByteString publicKey(LuaArgs args, int number) {
        return bytes(args, number, Sodium.PUBLIC_KEY_BYTES, "Malformed public key");
    }

    /** A secret key for signatures. */
    public static ByteString signSecretKey(LuaArgs args, int number) {
        return bytes(args, number, Sodium.SIGN_SECRET_KEY_BYTES, "Malformed secret key");
    }

    static ByteString boxSecretKey(LuaArgs args, int number) {
        return bytes(args, number, BOX_SECRET_KEY_BYTES, "Malformed secret key");
    }

    private static ByteString bytes(LuaArgs args, int number, int length, String otherwise) {
        ByteString key = args.string(number);
        if (key.length() != length) {
            throw args.bad(number, otherwise);
        }
        return key;
    }
}
