package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What does not matter is left out. */
class ShrinkerTest {

    @Test
    void onlyWhatMattersIsLeft() {
        List<String> lines = IntStream.range(0, 200).mapToObj(Integer::toString).toList();

        assertThat(new Shrinker(shorter -> shorter.containsAll(List.of("3", "77", "199")), Duration.ofMinutes(1))
                .shrink(lines)).containsExactly("3", "77", "199");
    }

    @Test
    void nothingIsLeftOutWhenTimeIsUp() {
        assertThat(new Shrinker(_ -> true, Duration.ZERO).shrink(List.of("a", "b"))).containsExactly("a", "b");
    }
}
