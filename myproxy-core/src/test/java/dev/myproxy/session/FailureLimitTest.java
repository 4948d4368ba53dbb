package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureLimitTest {

    private static final long MINUTE = FailureLimit.WINDOW.toNanos();

    private final FailureLimit limit = new FailureLimit();

    @Test
    void oneLinePerMinuteSaysHowManyWereLeftOut() {
        long start = Long.MAX_VALUE - 10;

        assertThat(limit.line("a", start)).contains("a");
        assertThat(limit.line("b", start + 1)).isEmpty();
        assertThat(limit.line("c", start + MINUTE - 1)).isEmpty();
        assertThat(limit.line("d", start + MINUTE)).contains("d (2 more before)");
        assertThat(limit.line("e", start + MINUTE + 1)).isEmpty();
        assertThat(limit.line("f", start + 3 * MINUTE)).contains("f (1 more before)");
        assertThat(limit.line("g", start + 5 * MINUTE)).contains("g");
    }
}
