package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.tls.PeerTls;
import java.util.Optional;

/** What a test says about a client's TLS: {@code true}, or a table with the fields that {@code client.tls} has. */
final class TestedTls {

    private static final String VERSION = "TLSv1.3";
    private static final String CIPHER = "TLS_AES_128_GCM_SHA256";
    private static final String SOME_FINGERPRINT = "0".repeat(64);

    private TestedTls() {}

    static PeerTls read(LuaValue value) {
        return switch (value) {
            case LuaValue.Bool(boolean on) when on ->
                new PeerTls(VERSION, CIPHER, Optional.empty(), Optional.empty());
            case LuaTable table -> new PeerTls(text(table, "version").orElse(VERSION),
                    text(table, "cipher").orElse(CIPHER), text(table, "server_name"), certificate(table));
            default -> throw LuaError.plain("tls: true or a table is expected, got " + value.typeName());
        };
    }

    /** Who shows a certificate has both a subject and a fingerprint; a test needs to say no more than one of them. */
    private static Optional<PeerTls.PeerCertificate> certificate(LuaTable table) {
        Optional<String> subject = text(table, "subject");
        Optional<String> fingerprint = text(table, "fingerprint");
        return subject.isEmpty() && fingerprint.isEmpty()
                ? Optional.empty()
                : Optional.of(new PeerTls.PeerCertificate(subject.orElse("CN=client"),
                        fingerprint.orElse(SOME_FINGERPRINT)));
    }

    private static Optional<String> text(LuaTable table, String key) {
        return Facts.text(table, key).map(ByteString::utf8);
    }
}
