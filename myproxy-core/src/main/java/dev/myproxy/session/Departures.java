package dev.myproxy.session;

import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that are gone and that the script only has to forget: it hears of them together, a little later, so that its
 * thread is not woken for each of them. They are stale already. For the sessions of one event loop, on that loop.
 */
final class Departures {

    /** So many clients are not kept waiting for more. */
    static final int MOST = 64;

    /** How long the first one waits at most. */
    static final Duration PAUSE = Duration.ofMillis(100);

    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setLocalOnly(true);

    private final ContextInternal context;
    private final List<ScriptClient> clients = new ArrayList<>(MOST);
    private @Nullable ScheduledFuture<?> timer;

    /** @param context that of the event loop */
    Departures(ContextInternal context) {
        this.context = context;
    }

    void add(ScriptClient client) {
        clients.add(client);
        if (clients.size() >= MOST) {
            tell();
        } else if (timer == null) {
            timer = context.nettyEventLoop().schedule(this::tell, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        List<ScriptClient> all = List.copyOf(clients);
        clients.clear();
        context.dispatch(all,
                gone -> gone.forEach(client -> context.owner().eventBus().send(client.handlers().run().events(),
                        new ScriptEvent.Gone(client), OPTIONS)));
    }
}
