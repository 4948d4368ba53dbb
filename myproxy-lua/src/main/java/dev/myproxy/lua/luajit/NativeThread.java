package dev.myproxy.lua.luajit;

import dev.myproxy.lua.ScriptThread;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Where Lua code runs: on the caller's thread if that is a {@link ScriptThread}, else on one of this state's own, while the
 * caller waits. A script of the daemon has the former, which saves two changes of threads per turn.
 */
final class NativeThread implements AutoCloseable {

    private final ExecutorService executor = Executors
            .newSingleThreadExecutor(work -> new ScriptThread(work, "luajit"));

    /** Whether Lua runs; whoever runs it waits for it, so that no two threads look at this at the same time. */
    private boolean running;

    /** Runs something there and waits for it, also when this thread is interrupted. */
    void run(Runnable work) {
        if (running) {
            throw new IllegalStateException("Lua is running: this has to wait for the next turn");
        }
        running = true;
        try {
            if (ScriptThread.isCurrent()) {
                work.run();
            } else {
                await(executor.submit(work));
            }
        } finally {
            running = false;
        }
    }

    private static void await(Future<?> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    result.get();
                    return;
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new IllegalStateException("failed without a cause");
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
