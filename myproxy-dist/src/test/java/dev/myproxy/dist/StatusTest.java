package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.admin.DaemonState;
import dev.myproxy.admin.ScriptRow;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatusTest {

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Status status = new Status("/etc/config.lua", meters);

    @Test
    void tellsOfTheProcess() {
        assertThat(status.daemon().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(status.daemon().started()).isBeforeOrEqualTo(Instant.now());
        assertThat(status.daemon().configuration()).isEqualTo("/etc/config.lua");
        assertThat(status.state()).isEqualTo(DaemonState.STARTING);
        assertThat(status.listeners()).isEmpty();
    }

    @Test
    void addsUpWhatTheScriptCounts() {
        status.engine("luaj");
        assertThat(status.script()).isEqualTo(new ScriptRow("luaj", 0, 0));

        meters.counter("myproxy.lua.errors", "handler", "reload").increment(2);
        meters.counter("myproxy.lua.errors", "handler", "on_connect").increment();
        meters.gauge("myproxy.lua.coroutines.waiting", new AtomicInteger(5));

        assertThat(status.script()).isEqualTo(new ScriptRow("luaj", 3, 5));
    }
}
