package dev.myproxy.session;

import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks the script over the event bus, from one event loop. */
final class ScriptGateway {

    /** Handlers may wait as long as they like: the client's departure cancels them. */
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setLocalOnly(true)
            .setSendTimeout(Duration.ofDays(365).toMillis());

    private final ContextInternal context;

    ScriptGateway(ContextInternal context) {
        this.context = context;
    }

    /**
     * Asks for a decision.
     *
     * @param answer called on the event loop; gets {@link Decision.Failed} if the script can't be reached
     */
    void ask(ScriptEvent event, Consumer<Decision> answer) {
        context.dispatch(event, e -> context.owner().eventBus().<Decision>request(ScriptBus.EVENTS, e, OPTIONS)
                .map(Message::body).otherwise(failure -> new Decision.Failed(String.valueOf(failure.getMessage())))
                .onSuccess(answer::accept));
    }

    /** Tells the script something that it does not answer. */
    void tell(ScriptEvent event) {
        context.dispatch(event, e -> context.owner().eventBus().send(ScriptBus.EVENTS, e, OPTIONS));
    }
}
