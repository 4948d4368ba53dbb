package dev.myproxy.lua.lib.sodium;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;

/** Ed25519 signatures. */
final class Signatures {

    private Signatures() {}

    static LuaReply keypair(LuaArgs args) {
        byte[] publicKey = new byte[Sodium.PUBLIC_KEY_BYTES];
        byte[] secretKey = new byte[Sodium.SIGN_SECRET_KEY_BYTES];
        Natives.crypto_sign_keypair(publicKey, secretKey);
        return LuaReply.of(LuaValue.of(ByteString.copyOf(publicKey)), LuaValue.of(ByteString.copyOf(secretKey)));
    }

    static LuaReply sign(LuaArgs args) {
        ByteString message = args.string(1);
        return LuaReply.of(LuaValue.of(Sodium.sign(message, Keys.signSecretKey(args, 2))));
    }

    static LuaReply verify(LuaArgs args) {
        ByteString signature = args.string(1);
        ByteString message = args.string(2);
        ByteString publicKey = Keys.publicKey(args, 3);
        return signature.length() == Sodium.SIGNATURE_BYTES
                ? LuaReply.of(LuaValue.of(Sodium.verify(signature, message, publicKey)))
                : LuaReply.NOTHING;
    }
}
