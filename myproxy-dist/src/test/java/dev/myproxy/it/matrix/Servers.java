package dev.myproxy.it.matrix;

import java.io.Closeable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Starts servers beside each other. */
final class Servers implements Closeable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Begins to start one; the result waits for it. */
    <T> Supplier<T> start(Callable<T> server) {
        Future<T> started = threads.submit(server);
        return () -> {
            try {
                return started.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
