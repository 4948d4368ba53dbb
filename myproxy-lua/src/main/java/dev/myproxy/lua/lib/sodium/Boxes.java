package dev.myproxy.lua.lib.sodium;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;

/** Sealed boxes: what anybody can close with a public key, and only its owner can open. */
final class Boxes {

    private static final int KEY_BYTES = 32;

    /** An ephemeral public key and an authenticator. */
    private static final int SEAL_BYTES = 48;

    private Boxes() {}

    static LuaReply keypair(LuaArgs args) {
        byte[] publicKey = new byte[KEY_BYTES];
        byte[] secretKey = new byte[KEY_BYTES];
        Natives.crypto_box_keypair(publicKey, secretKey);
        return LuaReply.of(LuaValue.of(ByteString.copyOf(publicKey)), LuaValue.of(ByteString.copyOf(secretKey)));
    }

    static LuaReply seal(LuaArgs args) {
        ByteString message = args.string(1);
        ByteString publicKey = Keys.publicKey(args, 2);
        byte[] box = new byte[message.length() + SEAL_BYTES];
        if (Natives.crypto_box_seal(box, message.toByteArray(), message.length(), publicKey.toByteArray()) != 0) {
            // a key with which everybody could open the box
            throw args.bad(2, "Malformed public key");
        }
        return LuaReply.of(LuaValue.of(ByteString.copyOf(box)));
    }

    static LuaReply open(LuaArgs args) {
        ByteString box = args.string(1);
        if (box.length() < SEAL_BYTES) {
            throw args.bad(1, "Malformed ciphertext");
        }
        ByteString publicKey = Keys.publicKey(args, 2);
        ByteString secretKey = Keys.boxSecretKey(args, 3);
        byte[] message = new byte[box.length() - SEAL_BYTES];
        int failed = Natives.crypto_box_seal_open(message, box.toByteArray(), box.length(), publicKey.toByteArray(),
                secretKey.toByteArray());
        return failed == 0 ? LuaReply.of(LuaValue.of(ByteString.copyOf(message))) : LuaReply.NOTHING;
    }

    static LuaReply publicKey(LuaArgs args) {
        byte[] publicKey = new byte[KEY_BYTES];
        Natives.crypto_scalarmult_base(publicKey, Keys.boxSecretKey(args, 1).toByteArray());
        return LuaReply.of(LuaValue.of(ByteString.copyOf(publicKey)));
    }
}
