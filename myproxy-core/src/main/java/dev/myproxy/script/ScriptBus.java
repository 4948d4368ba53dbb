package dev.myproxy.script;

import dev.myproxy.bus.LocalCodec;
import io.vertx.core.eventbus.EventBus;

/** The event-bus addresses of the script's verticle. Messages are handed over as they are, within this process. */
public final class ScriptBus {

    /** Takes a {@link ScriptEvent}, answers with a {@link Decision}. */
    public static final String EVENTS = "myproxy.script.events";

    /** A message here (its body does not matter) calls the script's {@code reload}; answered when that has ended, in either way. */
    public static final String RELOAD = "myproxy.script.reload";

    private ScriptBus() {}

    /** Teaches an event bus to carry events and decisions. Call it once per Vert.x instance. */
    public static void register(EventBus bus) {
        LocalCodec.register(bus, body -> body instanceof ScriptEvent || body instanceof Decision);
    }
}
