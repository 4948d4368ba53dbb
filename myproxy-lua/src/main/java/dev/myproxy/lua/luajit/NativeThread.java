package dev.myproxy.lua.luajit;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A thread with a stack that is large enough for Lua: library functions of LuaJIT that call back (sort, gsub, dofile)
 * nest on the native stack until Lua's own limit of stack slots stops them. That takes up to 9 kB for each of some 5,000
 * levels; with the usual 1 MB of a JVM thread an endless recursion in a script would end the process. Memory is taken
 * only as far as the stack was ever used.
 */
final class NativeThread implements AutoCloseable {

    private static final long STACK_BYTES = 128L << 20;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
    private volatile Optional<Thread> thread = Optional.empty();

    private Thread thread(Runnable work) {
        Thread made = Thread.ofPlatform().name("luajit").daemon().stackSize(STACK_BYTES).unstarted(work);
        thread = Optional.of(made);
        return made;
    }

    /** Runs something there and waits for it, also when this thread is interrupted. */
    void run(Runnable work) {
        if (thread.filter(Thread.currentThread()::equals).isPresent()) {
            throw new IllegalStateException("Lua is running: this has to wait for the next turn");
        }
        Future<?> result = executor.submit(work);
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
