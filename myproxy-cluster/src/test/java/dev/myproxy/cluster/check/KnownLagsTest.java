package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownLagsTest {

    private static final Address SERVER = new Address.Inet(new InetSocketAddress("10.0.0.1", 3306));

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final KnownLags lags = new KnownLags(clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void growWithTime() {
        lags.found(SERVER, Duration.ofSeconds(2));
        pass(Duration.ofSeconds(3));

        assertThat(lags.of(SERVER)).contains(Duration.ofSeconds(5));
    }

    @Test
    void theLastOneCounts() {
        lags.found(SERVER, Duration.ofSeconds(100));
        pass(Duration.ofSeconds(3));
        lags.found(SERVER, Duration.ofSeconds(1));

        assertThat(lags.of(SERVER)).contains(Duration.ofSeconds(1));
    }

    @Test
    void nothingIsKnownOfOthers() {
        lags.found(SERVER, Duration.ZERO);

        assertThat(lags.of(new Address.Inet(new InetSocketAddress("10.0.0.2", 3306)))).isEmpty();
    }
}
