package dev.myproxy.lua.script;

import dev.myproxy.lua.ScriptThread;
import dev.myproxy.script.ScriptHost;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextBuilderImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import io.vertx.core.internal.threadchecker.ThreadInfo;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a script, and the Vert.x context whose turns run there: events come from the sessions' event loops straight to
 * the thread that Lua runs on. A turn that takes very long is reported by Vert.x's watchdog.
 */
final class ScriptWorker {

    private static final String NAME = "myproxy-script";

    /** What is measured of the threads of all runs of the configuration: they have one name. */
    private record Measured(Optional<PoolMetrics<?, ?>> pool) {

        static Measured by(Optional<VertxMetrics> metrics) {
            return new Measured(metrics.map(meter -> meter.createPoolMetrics("worker", NAME, 1)));
        }
    }

    private final ThreadInfo watch = new ThreadInfo(VertxOptions.DEFAULT_MAX_WORKER_EXECUTE_TIME_UNIT,
            VertxOptions.DEFAULT_MAX_WORKER_EXECUTE_TIME);
    private final VertxInternal vertx;
    private final ThreadPoolExecutor executor;
    private final ContextInternal context;

    /**
     * @param deployment the context of the script's verticle: what scripts open there ends with it
     * @param host       has what all runs of the configuration have in common
     */
    ScriptWorker(ContextInternal deployment, ScriptHost host) {
        this.vertx = deployment.owner();
        executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        Measured measured = host.shared(Measured.class, () -> Measured.by(Optional.ofNullable(vertx.metrics())));
        WorkerPool pool = new WorkerPool(executor, measured.pool().orElse(null));
        context = ((ContextBuilderImpl) vertx.contextBuilder()).withDeploymentContext(deployment.deployment())
                .withThreadingModel(ThreadingModel.WORKER).withWorkerPool(pool)
                .withCloseFuture(deployment.closeFuture()).build();
    }

    private Thread thread(Runnable work) {
        Thread made = new ScriptThread(work, NAME);
        vertx.blockedThreadChecker().registerThread(made, watch);
        return made;
    }

    /** The context of the script's turns. */
    ContextInternal context() {
        return context;
    }

    /** Does something in the script's turn, under the eyes of the watchdog. */
    void watched(Runnable work) {
        watch.startTime = System.nanoTime();
        try {
            work.run();
        } finally {
            watch.startTime = 0;
        }
    }

    /** Lets the thread end when nothing is left to do; who comes too late is still served. */
    void close() {
        executor.allowCoreThreadTimeOut(true);
    }
}
