package dev.myproxy.bench.load;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** One measurement, which many sessions take part in. Safe to use from every thread. */
final class Measuring {

    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;
    /** How much longer a measurement takes if nothing was answered, and how long at most. */
    private static final Duration MORE = Duration.ofMillis(100);
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final Map<EventLoop, Histogram> histograms = new ConcurrentHashMap<>();
    private volatile boolean recording;
    private volatile boolean over;

    /** Whether sessions are to stop where they are. */
    boolean isOver() {
        return over;
    }

    /** Ends it for all sessions, which may then break without harm. */
    void end() {
        over = true;
    }

    /** The histogram of an event loop, for {@link #record}. */
    Histogram histogram(EventLoop loop) {
        return histograms.computeIfAbsent(loop, _ -> new Histogram(MAX_NANOS, DIGITS));
    }

    /** Counts an operation that has just ended, on the histogram's event loop. */
    void record(Histogram histogram, long startNanos) {
        if (recording) {
            histogram.recordValue(Math.min(System.nanoTime() - startNanos, MAX_NANOS));
        }
    }

    void fail(String reason) {
        if (!over) {
            broken.completeExceptionally(new LoadException(reason));
        }
    }

    /** Waits, unless something breaks. */
    void pass(Duration time) throws IOException, InterruptedException {
        try {
            broken.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // nothing broke
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Waits for something that ends, unless something breaks. */
    void await(CompletableFuture<?> end, Duration limit, String what) throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(broken, end).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LoadException("Not done within " + limit.toSeconds() + " s: " + what, e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Measures while the sessions work: longer than wanted if nothing was answered yet. */
    Rates measure(Window window) throws IOException, InterruptedException {
        pass(window.rampUp());
        Duration processorBefore = window.clock().read();
        long before = System.nanoTime();
        recording = true;
        pass(window.length());
        while (merged().getTotalCount() == 0) {
            if (System.nanoTime() - before > MOST_NANOS) {
                throw new LoadException("Nothing was answered");
            }
            pass(MORE);
        }
        recording = false;
        long after = System.nanoTime();
        Duration processorAfter = window.clock().read();
        Histogram all = merged();
        return new Rates(all.getTotalCount(), Duration.ofNanos(after - before),
                processorAfter.minus(processorBefore), Percentiles.of(all));
    }

    /** Each event loop adds its own histogram, behind whatever it records just now. */
    private Histogram merged() throws IOException, InterruptedException {
        Histogram all = new Histogram(MAX_NANOS, DIGITS);
        for (Map.Entry<EventLoop, Histogram> each : histograms.entrySet()) {
            try {
                all.add(each.getKey().submit(each.getValue()::copy).get());
            } catch (ExecutionException e) {
                throw new LoadException("Lost a histogram", e);
            }
        }
        return all;
    }

    private static IOException failure(ExecutionException e) {
        return new LoadException(e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage()), e);
    }
}
