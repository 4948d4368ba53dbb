package dev.myproxy.cluster;

import java.time.Instant;

/**
 * A point in time, for people and for measuring.
 *
 * @param time  what the clock on the wall says, which may be set
 * @param nanos of a clock that is never set; only differences mean something
 */
record Moment(Instant time, long nanos) {

    static Moment now() {
        return new Moment(Instant.now(), System.nanoTime());
    }
}
