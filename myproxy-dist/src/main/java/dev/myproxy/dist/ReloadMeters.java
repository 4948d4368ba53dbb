package dev.myproxy.dist;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** What is counted of loading the configuration again. */
final class ReloadMeters {

    private final Counter succeeded;
    private final Counter failed;
    private volatile double loadedSeconds;
    private volatile boolean lastFailed;

    ReloadMeters(MeterRegistry meters) {
        succeeded = counter("ok", meters);
        failed = counter("failed", meters);
        Gauge.builder("myproxy.config.loaded.timestamp.seconds", this, self -> self.loadedSeconds)
                .strongReference(true).description("When the configuration was loaded that is in force")
                .register(meters);
        Gauge.builder("myproxy.config.last.reload.successful", this, self -> self.lastFailed ? 0 : 1)
                .strongReference(true)
                .description("0 if the last attempt to load the configuration again failed, else 1")
                .register(meters);
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder("myproxy.config.reloads").description("Attempts to load the configuration again")
                .tag("outcome", outcome).register(meters);
    }

    /** A configuration is in force. */
    void loaded() {
        loadedSeconds = Instant.now().getEpochSecond();
        lastFailed = false;
    }

    void succeeded() {
        succeeded.increment();
        loaded();
    }

    void failed() {
        failed.increment();
        lastFailed = true;
    }
}
