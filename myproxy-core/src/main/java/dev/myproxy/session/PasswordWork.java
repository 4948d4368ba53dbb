package dev.myproxy.session;

import dev.myproxy.auth.RsaKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Arithmetic on clients' passwords that takes milliseconds or more, off the event loops: on few threads, so that it leaves
 * cores to those who have logged in. Each client has one thing done at a time and keeps its {@linkplain PendingLogins.Place place}
 * until it is done, so {@code max_pending_logins} bounds how much waits. Thread-safe.
 */
final class PasswordWork {

    private static final int IDLE_SECONDS = 10;

    private final Executor threads;
    private Optional<CompletableFuture<RsaKey>> ownKey = Optional.empty();

    PasswordWork() {
        this(threads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
    }

    /** @param threads what does the work */
    PasswordWork(Executor threads) {
        this.threads = threads;
    }

    private static Executor threads(int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(count, count, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), new DefaultThreadFactory("myproxy-password", true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Does something for a client; the future completes on whatever thread.
     *
     * @param wanted asked when its turn has come: clients come and go faster than this works
     * @return empty if nobody wanted it any more
     */
    <T> CompletableFuture<Optional<T>> run(BooleanSupplier wanted, Supplier<T> work) {
        return run(() -> wanted.getAsBoolean() ? Optional.of(work.get()) : Optional.empty());
    }

    private <T> CompletableFuture<T> run(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    /** The key of this process, which is made when it is first asked for. */
    synchronized CompletableFuture<RsaKey> key() {
        if (ownKey.isEmpty()) {
            ownKey = Optional.of(run(RsaKey::generate));
        }
        return ownKey.get();
    }
}
