package dev.myproxy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Logins that wait until enough is known about the nodes. Safe to use from every thread. One that gives up costs nothing but
 * its place in the queue, until its time is over.
 */
final class Readiness {

    private final Vertx vertx;
    private final Duration limit;
    private final BooleanSupplier ready;
    private final Supplier<String> waitingFor;
    private final Queue<Promise<Void>> waiting = new ConcurrentLinkedQueue<>();
    private volatile Optional<String> closed = Optional.empty();

    /**
     * @param limit      for how long a login waits
     * @param ready      whether nobody needs to wait
     * @param waitingFor the text with which a login fails that has waited for too long
     */
    Readiness(Vertx vertx, Duration limit, BooleanSupplier ready, Supplier<String> waitingFor) {
        this.vertx = vertx;
        this.limit = limit;
        this.ready = ready;
        this.waitingFor = waitingFor;
    }

    /** Completes when the cluster is ready, or fails with a text for the client; on any thread. */
    Future<Void> await() {
        if (ready.getAsBoolean()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        waiting.add(promise);
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), _ -> {
            if (waiting.remove(promise)) {
                promise.fail(new NotReadyException(waitingFor.get()));
            }
        });
        promise.future().onComplete(_ -> vertx.cancelTimer(timer));
        // the last check may have ended, or all of it, while the promise was on its way into the queue
        update();
        return promise.future();
    }

    /** Something has become known. */
    void update() {
        if (closed.isPresent() || ready.getAsBoolean()) {
            Promise<Void> next = waiting.poll();
            while (next != null) {
                closed.map(NotReadyException::new).ifPresentOrElse(next::tryFail, next::tryComplete);
                next = waiting.poll();
            }
        }
    }

    /** Lets nobody wait any longer. */
    void close(String reason) {
        closed = Optional.of(reason);
        update();
    }

    int waiting() {
        return waiting.size();
    }
}
