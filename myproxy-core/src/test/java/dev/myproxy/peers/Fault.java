package dev.myproxy.peers;

import java.time.Duration;

/** Something that a {@link FaultRelay} does to the bytes of one direction. Offsets count the bytes of that direction. */
public sealed interface Fault {

    /** Writes pieces of so many bytes, each by itself, with a pause behind each. */
    record Split(int bytes, Duration pause) implements Fault {}

    /** Holds bytes back until so many have come together or nothing more came for a while. */
    record Coalesce(int bytes, Duration patience) implements Fault {}

    /** Forwards each burst so much later. */
    record Delay(Duration time) implements Fault {}

    /** Forwards no more than so many bytes per second. */
    record Throttle(long bytesPerSecond) implements Fault {}

    /** Cuts both connections at an offset, with resets where there are such. */
    record ResetAt(long offset) implements Fault {}

    /** Closes both connections at an offset. */
    record CloseAt(long offset) implements Fault {}

    /** Sends the end of the stream at an offset and forwards nothing more in this direction. */
    record HalfCloseAt(long offset) implements Fault {}

    /** Forwards nothing beyond an offset, but keeps both connections open. */
    record StallAt(long offset) implements Fault {}
}
