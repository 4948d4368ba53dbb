package dev.myproxy.bench.load;

import java.time.Duration;

/**
 * When load is measured.
 *
 * @param rampUp how long all sessions work before the measurement begins
 * @param length how long it takes
 * @param clock  what is read at its beginning and at its end
 */
public record Window(Duration rampUp, Duration length, ProcessorClock clock) {

    private static final Duration MAX_RAMP_UP = Duration.ofMillis(300);

    /** With as long a time before it as it takes until all sessions work. */
    public static Window of(Duration length, ProcessorClock clock) {
        return new Window(length.compareTo(MAX_RAMP_UP) < 0 ? length : MAX_RAMP_UP, length, clock);
    }
}
