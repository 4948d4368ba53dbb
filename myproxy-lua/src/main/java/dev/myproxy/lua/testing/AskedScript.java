package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The verticle of a policy, as sessions and the daemon speak to it. */
final class AskedScript {

    /** Longer than a case may take. */
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(TimeUnit.HOURS.toMillis(1));

    private final Vertx vertx;
    private final RecordingHost host;
    private final Supplier<Future<Void>> calm;
    private final List<String> open = new CopyOnWriteArrayList<>();

    /**
     * @param calm gives a future that completes when nothing moves any more
     */
    AskedScript(Vertx vertx, RecordingHost host, Supplier<Future<Void>> calm) {
        this.vertx = vertx;
        this.host = host;
        this.calm = calm;
    }

    /** Asks for a decision. */
    Future<Decision> ask(String handler, ScriptEvent event) {
        open.add(handler);
        return vertx.eventBus().<Decision>request(ScriptBus.EVENTS, event, PATIENT).map(Message::body)
                .onComplete(_ -> open.remove(handler));
    }

    /** Tells that a client has left, as the daemon does. */
    void end(ScriptClient client, String cause, Map<String, Object> session) {
        if (client.handlers().has(Handler.DISCONNECT)) {
            vertx.eventBus().send(ScriptBus.EVENTS, new ScriptEvent.Disconnect(client, cause, session));
        } else {
            client.markStale();
            vertx.eventBus().send(ScriptBus.EVENTS, new ScriptEvent.Gone(client));
        }
    }

    /** Completes when nothing moves any more. */
    Future<Void> settle() {
        return calm.get();
    }

    /**
     * Lets the script do something that nobody waits for in the daemon.
     *
     * @param action completes when that has been done
     * @return true; or nil and the errors that the script raised meanwhile, which are the test's then
     */
    LuaReply watched(Supplier<Future<?>> action) {
        int before = host.errors().size();
        return new LuaReply.Later(action.get().map(_ -> {
            List<String> errors = host.errors().subList(before, host.errors().size());
            return errors.isEmpty()
                    ? LuaValue.list(LuaValue.of(true))
                    : LuaValue.list(LuaValue.nil(), LuaValue.of(String.join("\n", errors)));
        }), () -> {});
    }

    /** Calls {@code reload}; succeeds when it has ended, in either way. */
    Future<?> reload() {
        open.add("reload");
        return vertx.eventBus().request(ScriptBus.RELOAD, "", PATIENT).onComplete(_ -> open.remove("reload"));
    }

    /** The handlers that have not ended. */
    List<String> open() {
        return List.copyOf(open);
    }
}
