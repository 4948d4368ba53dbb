package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cluster.ClusterSettings.Monitoring;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckPaceTest {

    @Test
    void aCalmNodeIsCheckedOncePerIntervalGiveOrTakeATenth() {
        List<Duration> pauses = pauses(Duration.ofSeconds(20), false);
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(18),
                Duration.ofSeconds(22)));
        assertThat(pauses.stream().distinct().count()).isGreaterThan(400);
        assertThat(pauses.stream().mapToLong(Duration::toMillis).average().orElseThrow()).isBetween(19_800.0,
                20_200.0);
    }

    @Test
    void aChangingNodeIsCheckedTenTimesAsOften() {
        assertThat(pauses(Duration.ofSeconds(20), true)).allSatisfy(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(1_800), Duration.ofMillis(2_200)));
    }

    @Test
    void butNotMoreThanAboutOnceASecondUnlessTheIntervalSaysSo() {
        assertThat(pauses(Duration.ofSeconds(3), true)).allSatisfy(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100)));
        assertThat(pauses(Duration.ofMillis(100), true)).allSatisfy(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(90), Duration.ofMillis(110)));
        assertThat(CheckPace.of(monitoring(Duration.ofMinutes(5))).least()).isEqualTo(Duration.ofSeconds(1));
        assertThat(CheckPace.of(monitoring(Duration.ofMillis(5))).least()).isEqualTo(Duration.ofMillis(5));
    }

    private static List<Duration> pauses(Duration interval, boolean changing) {
        SplittableRandom dice = new SplittableRandom(7);
        CheckPace pace = CheckPace.of(monitoring(interval));
        return Stream.generate(() -> pace.pause(changing, dice)).limit(500).toList();
    }

    private static Monitoring monitoring(Duration interval) {
        return new Monitoring(CheckSettings.GREETING, interval, 1, 1, Duration.ofSeconds(30));
    }
}
