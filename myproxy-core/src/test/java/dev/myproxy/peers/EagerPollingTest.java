package dev.myproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EagerPollingTest {

    @Test
    void looksSeldomerInTheCourseOfTime() {
        assertThat(
                Stream.iterate(EagerPolling.next(Duration.ZERO), EagerPolling::next).limit(7).map(Duration::toMillis))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 100L, 100L);
    }

    @Test
    void isInForce() {
        int[] looked = new int[1];

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ++looked[0] == 6);

        assertThat(looked[0]).isEqualTo(6);
    }
}
