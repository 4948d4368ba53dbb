package dev.myproxy.lua.testing;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import dev.myproxy.script.ScriptClient;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Decisions as tests see them: tables with {@code action} and what belongs to it. */
final class DecisionTable {

    private DecisionTable() {}

    /** The decision's table; asks the upstream for the server that it would choose. */
    static Future<LuaValue> of(Decision decision, ScriptClient client) {
        return switch (decision) {
            case Decision.Proceed _ -> table("proceed", Map.of());
            case Decision.Refuse(ByteString message, Optional<ErrorCode> error) -> table("err", Map.of("message",
                    LuaValue.of(message), "code", error.map(code -> LuaValue.of(code.code())).orElseGet(LuaValue::nil),
                    "sqlstate", error.map(code -> LuaValue.of(code.sqlState())).orElseGet(LuaValue::nil)));
            case Decision.Query(ByteString sql) -> table("query", Map.of("sql", LuaValue.of(sql)));
            case Decision.InitDb(ByteString database) ->
                table("init_db", Map.of("database", LuaValue.of(database)));
            case Decision.Connect connect -> connect.upstream()
                    .candidates(client.account().orElse(ByteString.EMPTY), connect.options().readOnly())
                    .compose(servers -> table("connect",
                            connection(connect, servers.next().orElseThrow().toString())));
            case Decision.Failed(String message) -> Future.failedFuture(message);
        };
    }

    private static Map<String, LuaValue> connection(Decision.Connect connect, String target) {
        Credentials credentials = connect.credentials();
        Map<String, LuaValue> fields = new LinkedHashMap<>();
        fields.put("target", LuaValue.of(target));
        fields.put("user", LuaValue.of(credentials.user()));
        fields.put("password", secret(credentials.password()));
        fields.put("password_sha1", credentials.passwordSha1().map(DecisionTable::secret).orElseGet(LuaValue::nil));
        fields.put("database", Optional.of(credentials.database()).filter(name -> !name.isEmpty()).map(LuaValue::of)
                .orElseGet(LuaValue::nil));
        fields.put("read_only", LuaValue.of(connect.options().readOnly()));
        fields.put("allow_cleartext", LuaValue.of(connect.options().allowCleartext()));
        fields.put("connect_timeout", connect.options().connectTimeout()
                .map(limit -> LuaValue.of(limit.toNanos() / (double) TimeUnit.SECONDS.toNanos(1)))
                .orElseGet(LuaValue::nil));
        fields.put("proxy_protocol", connect.link().proxyProtocol().map(version -> LuaValue.of(version.number()))
                .orElseGet(LuaValue::nil));
        fields.put("tls", connect.link().tls().map(tls -> LuaValue.of(tls.options().verification().text()))
                .orElseGet(LuaValue::nil));
        return fields;
    }

    /** The server in a decision's table, if it is one to connect. */
    static Optional<String> target(LuaValue table) {
        return table instanceof LuaValue.Fresh fresh
                && fresh.entries().get(LuaValue.of("target")) instanceof LuaValue.Str(ByteString target)
                        ? Optional.of(target.utf8())
                        : Optional.empty();
    }

    private static LuaValue secret(Secret secret) {
        return LuaValue.of(ByteString.copyOf(secret.copy()));
    }

    private static Future<LuaValue> table(String action, Map<String, LuaValue> fields) {
        Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
        entries.put(LuaValue.of("action"), LuaValue.of(action));
        fields.forEach((name, value) -> entries.put(LuaValue.of(name), value));
        return Future.succeededFuture(new LuaValue.Fresh(entries));
    }
}
