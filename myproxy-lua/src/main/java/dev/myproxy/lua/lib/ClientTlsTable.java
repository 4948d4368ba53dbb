package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaValue;
import dev.myproxy.tls.PeerTls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code client.tls}. */
final class ClientTlsTable {

    private ClientTlsTable() {}

    /** A new table; nil without TLS. */
    static LuaValue of(Optional<PeerTls> tls) {
        return tls.map(ClientTlsTable::table).orElseGet(LuaValue::nil);
    }

    private static LuaValue table(PeerTls tls) {
        Map<LuaValue, LuaValue> fields = new LinkedHashMap<>();
        fields.put(LuaValue.of("version"), LuaValue.of(tls.version()));
        fields.put(LuaValue.of("cipher"), LuaValue.of(tls.cipher()));
        tls.serverName().ifPresent(name -> fields.put(LuaValue.of("server_name"), LuaValue.of(name)));
        tls.certificate().ifPresent(shown -> {
            fields.put(LuaValue.of("subject"), LuaValue.of(shown.subject()));
            fields.put(LuaValue.of("fingerprint"), LuaValue.of(shown.fingerprint()));
        });
        return new LuaValue.Fresh(fields);
    }
}
