package dev.myproxy.metrics;

import io.netty.util.concurrent.EventExecutor;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/**
 * How busy the event loops are. All comes from what the kernel knows of their threads, so that no iteration costs anything;
 * but for the lag, for which a task runs on each loop once a second. Safe to use from every thread.
 */
public final class EventLoopMeters implements MultiCollector {

    /** As exporters of several programs have it, so that one dashboard can show them all. */
    private static final String[] PROCESS = {"process", "myproxy"};

    private final List<LoopThread> threads = new CopyOnWriteArrayList<>();

    /** Begins to measure. */
    public EventLoopMeters(Iterable<EventExecutor> loops) {
        List<EventExecutor> all = StreamSupport.stream(loops.spliterator(), false).toList();
        for (int i = 0; i < all.size(); i++) {
            EventExecutor loop = all.get(i);
            String label = String.valueOf(i);
            loop.execute(() -> threads.add(LoopThread.current(label, loop)));
        }
    }

    @Override
    public MetricSnapshots collect() {
        Metric.Counter iterations = new Metric.Counter("event_loop_iterations",
                "How often the thread of an event loop has waited for something to do");
        Metric.Counter idle = new Metric.Counter("event_loop_idle_seconds",
                "How long the thread of an event loop did not run");
        Metric.Counter busy = new Metric.Counter("event_loop_busy_seconds",
                "Processor time of the thread of an event loop");
        Metric.Histogram lag = new Metric.Histogram("event_loop_lag_seconds",
                "How much later than planned a task ran on an event loop", LoopThread.LAGS);
        for (LoopThread thread : threads) {
            String[] labels = {PROCESS[0], PROCESS[1], "loop", thread.label()};
            LoopThread.Usage usage = thread.usage();
            usage.waits().ifPresent(waits -> iterations.value((double) waits, labels));
            idle.value(usage.idleSeconds(), labels);
            busy.value(usage.busySeconds(), labels);
            lag.value(List.of(thread.lag()), labels);
        }
        return MetricSnapshots.of(iterations.snapshot(), idle.snapshot(), busy.snapshot(), lag.snapshot());
    }
}
