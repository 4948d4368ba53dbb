package dev.myproxy.pg;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** A statement on its way to the server and back. */
public final class PgExecution {

    private final PgStatement statement;
    private final Consumer<PgExecution> canceller;
    private final Promise<PgResult> promise = Promise.promise();
    private final long began = System.nanoTime();
    private boolean cancelled;

    /**
     * @param canceller takes the wish to cancel, on any thread
     */
    public PgExecution(PgStatement statement, Consumer<PgExecution> canceller) {
        this.statement = statement;
        this.canceller = canceller;
    }

    /** What is executed. */
    public PgStatement statement() {
        return statement;
    }

    /**
     * What comes of it, completed on the database's event loop; fails with a {@link PgFailure} only. Never completed once
     * it is cancelled.
     */
    public Future<PgResult> result() {
        return promise.future();
    }

    /**
     * Nobody wants the result any more: the statement is not sent if it still waits, and cancelled at the server if it
     * runs. Does nothing if it is over. May be called on any thread.
     */
    public void cancel() {
        canceller.accept(this);
    }

    void markCancelled() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    long nanosSinceBegin() {
        return System.nanoTime() - began;
    }

    /** The statement has ended well. */
    public void succeed(PgResult result) {
        if (!cancelled) {
            promise.tryComplete(result);
        }
    }

    /** The statement has failed. */
    public void fail(PgFailure failure) {
        if (!cancelled) {
            promise.tryFail(failure);
        }
    }
}
