package dev.myproxy.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Tells how much processor time something has used so far. */
@FunctionalInterface
public interface ProcessorClock {

    /** Watches nothing. */
    ProcessorClock NONE = () -> Duration.ZERO;

    Duration read() throws IOException;
}
