package dev.myproxy.dist.systemd;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the process is alive when each of its event loops has answered, and only then: one that is stuck holds up its
 * clients, and nothing but a new start helps them.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final List<EventExecutor> loops;
    private final Runnable alive;
    private final Set<EventExecutor> silent = ConcurrentHashMap.newKeySet();
    private boolean reported;

    /** @param alive called on one of the event loops, each time all of them have answered */
    Watchdog(Collection<? extends EventExecutor> loops, Runnable alive) {
        this.loops = List.copyOf(loops);
        this.alive = alive;
    }

    /** To be called in regular intervals by one thread: asks all event loops again once they have answered. */
    void tick() {
        List<EventExecutor> late = new ArrayList<>(silent);
        if (!late.isEmpty()) {
            report(late);
            return;
        }
        reported = false;
        silent.addAll(loops);
        for (EventExecutor loop : loops) {
            try {
                loop.execute(() -> answered(loop));
            } catch (RejectedExecutionException e) {
                // it ends in good order, and has no clients any more
                LOG.debug("An event loop has ended", e);
                answered(loop);
            }
        }
    }

    private void answered(EventExecutor loop) {
        if (silent.remove(loop) && silent.isEmpty()) {
            alive.run();
        }
    }

    private void report(List<EventExecutor> late) {
        if (!reported) {
            reported = true;
            LOG.error(
                    "{} of {} event loops do not answer; the service manager will not hear that all is well before they do",
                    late.size(), loops.size());
        }
    }
}
