package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.ClientObject;
import dev.myproxy.lua.lib.ListenLib;
import dev.myproxy.lua.lib.LoginObject;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what sessions ask: finds the handler, runs it in a coroutine, replies with what it decided. */
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final LuaState state;
    private final ListenLib listeners;
    private final HandlerErrors errors;
    private final HandlerCalls calls;
    private final Farewells farewells;
    private final Clients clients;

    Questions(LuaState state, ListenLib listeners, HandlerErrors errors, HandlerCalls calls, Farewells farewells) {
        this.state = state;
        this.listeners = listeners;
        this.errors = errors;
        this.calls = calls;
        this.farewells = farewells;
        this.clients = new Clients(state);
    }

    /** Takes a message from the event bus. */
    void take(Message<ScriptEvent> message) {
        try {
            switch (message.body()) {
                case ScriptEvent.Gone(ScriptClient client) -> clients.gone(client);
                case ScriptEvent.Connect(ScriptClient client) -> ask(message, client, Handler.CONNECT);
                case ScriptEvent.CommandPhase(ScriptClient client) -> ask(message, client, Handler.COMMAND_PHASE);
                case ScriptEvent.InitDb(ScriptClient client, ByteString database) ->
                    ask(message, client, Handler.INIT_DB, LuaValue.of(database));
                case ScriptEvent.Query(ScriptClient client, ByteString sql) ->
                    ask(message, client, Handler.QUERY, LuaValue.of(sql));
                case ScriptEvent.Disconnect end -> disconnected(end);
                case ScriptEvent.HandshakeResponse login -> {
                    LuaTable metatable = state.newTable();
                    ask(message, login.client(), Handler.HANDSHAKE_RESPONSE, LoginObject.table(login, metatable));
                    metatable.release();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The script engine failed", e);
            message.reply(new Decision.Failed("script engine failed: " + e));
        }
    }

    private void ask(Message<ScriptEvent> message, ScriptClient client, Handler handler, LuaValue... more) {
        Optional<LuaFunction> function = function(client, handler);
        if (client.isStale()) {
            message.fail(-1, "client is gone");
        } else if (function.isPresent()) {
            run(message, handler, function.get(), clients.entry(client), client::isStale, more);
        } else {
            message.reply(new Decision.Proceed());
        }
    }

    private Optional<LuaFunction> function(ScriptClient client, Handler handler) {
        return listeners.handlers(client.handlers().id()).flatMap(table -> table.function(handler));
    }

    private void disconnected(ScriptEvent.Disconnect end) {
        ClientObject client = clients.leave(end.client());
        function(end.client(), Handler.DISCONNECT).ifPresentOrElse(function -> farewells.say(client, function, end),
                client::release);
    }

    private void run(Message<ScriptEvent> message, Handler handler, LuaFunction function, Clients.Entry client,
            BooleanSupplier gone, LuaValue... more) {
        if (client.isBusy()) {
            throw new IllegalStateException("a client asks while its handler runs");
        }
        List<LuaValue> args = new ArrayList<>(List.of(client.object()));
        args.addAll(List.of(more));
        client.begin(() -> message.fail(-1, "client is gone"));
        LuaOwner owner = client.object();
        LuaTask task = state.start(owner, function, args, outcome -> {
            client.end();
            Decision decision = errors.decide(handler, owner, gone.getAsBoolean(), outcome);
            calls.count(handler, decision);
            message.reply(decision);
        });
        client.suspended(task);
    }
}
