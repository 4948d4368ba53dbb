package dev.myproxy.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SteadyTest {

    @Test
    void isReachedWhenCostsHaveNotFallenThreeTimes() {
        assertThat(after(1500, 700, 500, 490, 510)).isFalse();
        assertThat(after(1500, 700, 500, 490, 510, 505)).isTrue();
    }

    @Test
    void aFallThatComesLateCounts() {
        assertThat(after(500, 500, 510, 300)).isFalse();
    }

    @Test
    void whatCostsNothingIsSteady() {
        assertThat(after(0, 0, 0)).isFalse();
        assertThat(after(0, 0, 0, 0)).isTrue();
    }

    private static boolean after(double... costs) {
        Steady steady = new Steady();
        DoubleStream.of(costs).forEach(steady::add);
        return steady.isReached();
    }
}
