package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectTimeTest {

    private static final long NOW = Long.MAX_VALUE - 5;

    private final ConnectTime time = ConnectTime.from(NOW, Duration.ofSeconds(30));

    private Duration share(int afterSeconds, int others) {
        return time.share(NOW + Duration.ofSeconds(afterSeconds).toNanos(), others);
    }

    @Test
    void oneServerHasAllOfIt() {
        assertThat(share(0, 0)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void severalHaveEvenShares() {
        assertThat(share(0, 2)).isEqualTo(Duration.ofSeconds(10));
        assertThat(share(10, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(share(20, 0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatOneDoesNotNeedGoesToTheOthers() {
        assertThat(share(2, 1)).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void aShareIsASecondAtLeast() {
        assertThat(share(0, 99)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void noShareIsLongerThanWhatIsLeft() {
        assertThat(ConnectTime.from(NOW, Duration.ofMillis(300)).share(NOW, 5)).isEqualTo(Duration.ofMillis(300));
        assertThat(share(30, 0)).isZero();
        assertThat(share(31, 3)).isZero();
    }
}
