package dev.myproxy.session;

import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.LoopMeters;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.Consumer;

/** What a session has to do with the script, which it asks over the event bus. Lives on the session's event loop. */
final class ScriptGateway {

    /** Handlers may wait as long as they like: the client's departure cancels them. */
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setLocalOnly(true)
            .setSendTimeout(Duration.ofDays(365).toMillis());

    private final ContextInternal context;
    private final ScriptClient client;
    private final LoopMeters meters;
    private final Departures departures;
    private boolean asked;
    private boolean waiting;

    /**
     * @param meters     where the durations of handlers are counted
     * @param departures those of the event loop
     */
    ScriptGateway(ContextInternal context, ScriptClient client, LoopMeters meters, Departures departures) {
        this.context = context;
        this.client = client;
        this.meters = meters;
        this.departures = departures;
    }

    /**
     * Asks for a decision.
     *
     * @param answer called on the event loop; gets {@link Decision.Failed} if the script can't be reached
     */
    void ask(ScriptEvent event, Consumer<Decision> answer) {
        asked = true;
        waiting = true;
        long began = System.nanoTime();
        context.dispatch(event, e -> context.owner().eventBus().<Decision>request(address(), e, OPTIONS)
                .map(Message::body).otherwise(failure -> new Decision.Failed(String.valueOf(failure.getMessage())))
                .onSuccess(decision -> {
                    waiting = false;
                    meters.hook(event).record(System.nanoTime() - began);
                    answer.accept(decision);
                }));
    }

    /** The session has ended: tells the script, if it wants to know or has seen the client. */
    void ended(SessionReport report) {
        if (client.handlers().has(Handler.DISCONNECT)) {
            tell(new ScriptEvent.Disconnect(client, report.cause().label(), report.fields()));
        } else {
            client.markStale();
            if (waiting) {
                tell(new ScriptEvent.Gone(client));
            } else if (asked) {
                departures.add(client);
            }
        }
    }

    private void tell(ScriptEvent event) {
        context.dispatch(event, e -> context.owner().eventBus().send(address(), e, OPTIONS));
    }

    private String address() {
        return client.handlers().run().events();
    }
}
