package dev.myproxy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMedianIsTheOneInTheMiddleWhateverTheOrder() {
        assertThat(Series.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void ofAnEvenNumberTheMedianIsTheMeanOfTwo() {
        assertThat(Series.of(4, 1, 2, 100).median()).isEqualTo(3);
    }

    @Test
    void theSpreadIsAPartOfTheMedian() {
        assertThat(Series.of(90, 100, 115).spread()).isEqualTo(0.25);
        assertThat(Series.of(7).spread()).isZero();
    }

    @Test
    void aMedianOfNothingHasNoSpread() {
        assertThat(Series.of(0, 0, 5).spread()).isZero();
    }

    @Test
    void anEmptySeriesHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()));
    }
}
