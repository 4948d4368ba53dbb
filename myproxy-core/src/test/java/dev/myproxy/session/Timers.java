package dev.myproxy.session;

import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What event loops have been told to do later. Netty tells nobody, so this looks into its executors. */
final class Timers {

    private Timers() {}

    /** Waits until there is nothing to do later. */
    static void awaitNone(Vertx vertx) throws ReflectiveOperationException {
        Field queue = AbstractScheduledEventExecutor.class.getDeclaredField("scheduledTaskQueue");
        queue.setAccessible(true);
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            Callable<Integer> size = () -> Optional.ofNullable((Collection<?>) queue.get(loop)).map(Collection::size)
                    .orElse(0);
            await().until(() -> loop.submit(size).get() == 0);
        }
    }
}
