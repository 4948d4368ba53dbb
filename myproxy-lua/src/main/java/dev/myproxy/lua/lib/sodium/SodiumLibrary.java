package dev.myproxy.lua.lib.sodium;

import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LuaLibrary;
import io.micrometer.core.instrument.MeterRegistry;

/** {@code sodium}. */
public final class SodiumLibrary implements LuaLibrary {

    private final PasswordHashes hashes;

    /**
     * The library for one script.
     *
     * @param meters count password hashes
     */
    public SodiumLibrary(MeterRegistry meters) {
        hashes = new PasswordHashes(meters);
    }

    @Override
    public void open(LuaState lua) {
        LuaNamespace sodium = new LuaNamespace("sodium");
        add(sodium, "bin2hex", 1, Bytes::toHex);
        add(sodium, "hex2bin", 1, Bytes::fromHex);
        add(sodium, "randombytes", 1, Bytes::random);
        add(sodium, "crypto_box_keypair", 0, Boxes::keypair);
        add(sodium, "crypto_box_seal", 2, Boxes::seal);
        add(sodium, "crypto_box_seal_open", 3, Boxes::open);
        add(sodium, "crypto_scalarmult_base", 1, Boxes::publicKey);
        add(sodium, "crypto_sign_keypair", 0, Signatures::keypair);
        add(sodium, "crypto_sign_detached", 2, Signatures::sign);
        add(sodium, "crypto_sign_verify_detached", 3, Signatures::verify);
        add(sodium, "crypto_pwhash_str", 1, hashes::hash);
        add(sodium, "crypto_pwhash_str_verify", 2, hashes::verify);
        add(sodium, "memcmp", 2, Bytes::equal);
        add(sodium, "sha1", 1, Bytes::sha1);
        add(sodium, "sha256", 1, Bytes::sha256);
        sodium.open(lua);
    }

    private static void add(LuaNamespace sodium, String name, int maxCount, LuaBody body) {
        sodium.function(name, Sodium.body(args -> {
            args.expectCount(0, maxCount);
            return body.call(args);
        }));
    }

    @Override
    public void close() {
        hashes.close();
    }
}
