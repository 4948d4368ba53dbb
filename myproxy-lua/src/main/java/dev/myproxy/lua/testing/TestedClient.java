package dev.myproxy.lua.testing;

import dev.myproxy.auth.Secret;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.LoginDetails;
import dev.myproxy.script.PasswordProof;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.text.Nearest;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A client of a policy that is tested. Does with the policy what a session does: asks only what the listener has handlers
 * for, and ends where a session ends.
 */
final class TestedClient extends LuaObject {

    /** How far the client has come. */
    private enum Phase {
        ACCEPTED("accept"), GREETED("greeting"), LOGGED_IN("command"), GONE("command");

        /** As in the session's last log line. */
        private final String label;

        Phase(String label) {
            this.label = label;
        }
    }

    static final LuaClass<TestedClient> CLASS = new LuaClass<>("test.client", TestedClient.class)
            .method("ask", TestedClient::ask).method("fact", (self, args) -> LuaReply.of(self.fact(args)))
            .method("disconnect", TestedClient::disconnect);

    private final AskedScript script;
    private final ScriptClient client;
    private Optional<String> server = Optional.empty();
    private long queries;
    private Phase phase = Phase.ACCEPTED;

    TestedClient(AskedScript script, ScriptClient client) {
        this.script = script;
        this.client = client;
    }

    private LuaValue fact(LuaArgs args) {
        return switch (args.string(1).utf8()) {
            case "account" -> client.account().map(LuaValue::of).orElseGet(LuaValue::nil);
            case "database" -> client.database().map(LuaValue::of).orElseGet(LuaValue::nil);
            case "server_version" -> LuaValue.of(client.serverVersion());
            case "phase" -> LuaValue.of(phase.name().toLowerCase(Locale.ROOT));
            default -> throw args.bad(1, "no such fact");
        };
    }

    /** {@code ask(handler, …)}: what the handler decided, or nil and why it failed. */
    private LuaReply ask(LuaArgs args) {
        String handler = args.string(1).utf8();
        if (phase == Phase.GONE) {
            return refuse(handler + ": the client is gone");
        }
        return switch (handler) {
            case "on_connect" -> phase != Phase.ACCEPTED
                    ? refuse("on_connect: the client has been greeted already")
                    : ask(handler, client.handlers().has(Handler.CONNECT), new ScriptEvent.Connect(client));
            case "on_handshake_response" -> login(args);
            case "on_command_phase" ->
                ask(handler, client.handlers().has(Handler.COMMAND_PHASE), new ScriptEvent.CommandPhase(client));
            case "on_init_db" -> initDb(handler, args.string(2));
            case "on_query" -> query(handler, args.string(2));
            default -> throw args.bad(1, "no such handler");
        };
    }

    private LuaReply initDb(String handler, ByteString database) {
        boolean handled = client.handlers().has(Handler.INIT_DB);
        if (!handled) {
            enter(database);
        }
        return ask(handler, handled, new ScriptEvent.InitDb(client, database));
    }

    /** The server, which there is none of, confirms a default database. */
    private void enter(ByteString database) {
        client.setDatabase(database.isEmpty() ? Optional.empty() : Optional.of(database));
    }

    private LuaReply query(String handler, ByteString sql) {
        int most = client.handlers().options().maxQueryBytes();
        if (sql.length() > most) {
            return refuse(handler + ": the statement has more than " + most + " bytes, so that the daemon refuses it");
        }
        queries++;
        return ask(handler, client.handlers().has(Handler.QUERY), new ScriptEvent.Query(client, sql));
    }

    private LuaReply login(LuaArgs args) {
        Optional<ByteString> database = LuaNumbers.asString(args.get(4));
        Secret password = Secret.wrap(args.string(3).toByteArray());
        return ask(args.string(1).utf8(), true, new ScriptEvent.HandshakeResponse(client, args.string(2), password,
                database, LoginDetails.NONE, PasswordProof.of(password)));
    }

    private static LuaReply refuse(String message) {
        return LuaReply.of(LuaValue.nil(), LuaValue.of(message));
    }

    private LuaReply ask(String handler, boolean handled, ScriptEvent event) {
        Future<Decision> decision = handled
                ? script.ask(handler, event)
                : Future.succeededFuture(new Decision.Proceed());
        return new LuaReply.Later(decision.compose(decided -> {
            if (decided instanceof Decision.Failed(String message)) {
                return Future.failedFuture(LuaError.plain(message));
            }
            return DecisionTable.of(decided, client).onSuccess(table -> advance(handler, decided, table));
        }).map(table -> LuaValue.list(table)).otherwise(failure -> {
            leave(DisconnectCause.SCRIPT_FAILED, Map.of());
            return LuaValue.list(LuaValue.nil(),
                    LuaValue.of(handler + " failed: " + LuaError.of(failure).text().utf8()));
        }), () -> {});
    }

    private void advance(String handler, Decision decision, LuaValue table) {
        switch (decision) {
            case Decision.Proceed _ when handler.equals("on_connect") -> phase = Phase.GREETED;
            case Decision.Connect connect -> {
                phase = Phase.LOGGED_IN;
                enter(connect.credentials().database());
                server = DecisionTable.target(table);
            }
            case Decision.InitDb(var database) -> enter(database);
            case Decision.Refuse _ when !handler.equals("on_init_db") && !handler.equals("on_query") ->
                leave(DisconnectCause.SCRIPT_REFUSED, Map.of());
            default -> {
                // the session goes on as it is
            }
        }
    }

    /**
     * Ends the session.
     *
     * @param numbers what the session's last log line is to have
     */
    private void leave(DisconnectCause cause, Map<String, Object> numbers) {
        Map<String, Object> session = new LinkedHashMap<>(Map.of("id", client.id(), "listener",
                client.listener().toString(), "cause", cause.label(), "phase", phase.label, "queries", queries,
                "received_bytes", 0L, "sent_bytes", 0L, "total_ms", 0.0));
        client.account().ifPresent(account -> session.put("account", account));
        server.ifPresent(address -> session.put("server", address));
        session.putAll(numbers);
        phase = Phase.GONE;
        script.end(client, cause.label(), session);
    }

    /** {@code disconnect(cause, numbers)}: true, or nil and what is wrong. */
    private LuaReply disconnect(LuaArgs args) {
        if (phase == Phase.GONE) {
            return refuse("the client is gone");
        }
        String name = args.string(1).utf8();
        Optional<DisconnectCause> cause = Stream.of(DisconnectCause.values()).filter(c -> c.label().equals(name))
                .findFirst();
        if (cause.isEmpty()) {
            List<String> known = Stream.of(DisconnectCause.values()).map(DisconnectCause::label).toList();
            return refuse("unknown cause \"" + name + "\"" + Nearest.hint(name, known));
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (LuaTable.Entry entry : args.table(2).entries()) {
            if (!(entry.key() instanceof LuaValue.Str(ByteString key))
                    || !(entry.value() instanceof LuaValue.Num(double value))) {
                return refuse("the numbers of a session are numbers with names");
            }
            numbers.put(key.utf8(), value);
        }
        return script.watched(() -> {
            leave(cause.get(), numbers);
            return script.settle();
        });
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
