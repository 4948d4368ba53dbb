package dev.myproxy.lua.luajit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {

    @Test
    void looksOnlyWhileSomethingRuns() {
        Watch watch = new Watch(Duration.ofMillis(-1));
        assertThat(watch.look()).isEmpty();

        watch.begin();
        assertThat(watch.look()).contains("callback ran for more than -0.001 seconds");
        assertThat(watch.wasOverdue()).isTrue();
        watch.end();

        assertThat(watch.look()).isEmpty();
        watch.begin();
        assertThat(watch.wasOverdue()).isFalse();
    }

    @Test
    void hasPatience() {
        Watch watch = new Watch(Duration.ofHours(1));

        watch.begin();

        assertThat(watch.look()).isEmpty();
        assertThat(watch.wasOverdue()).isFalse();
    }

    @Test
    void stoppingIsForEver() {
        Watch watch = new Watch(Duration.ofHours(1));

        watch.stop();
        watch.begin();

        assertThat(watch.isStopped()).isTrue();
        assertThat(watch.look()).contains(Watch.STOPPED);
    }
}
