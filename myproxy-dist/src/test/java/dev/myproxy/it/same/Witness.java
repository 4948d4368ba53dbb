package dev.myproxy.it.same;

import java.io.IOException;
import java.util.Optional;

/** Looks at what comes while a script is played: writes it down, or compares it with what was written down. */
interface Witness {

    /** What comes after a step. */
    interface Source {

        /** The next packet, masked; nothing at the end of the connection. */
        Optional<Seen> next() throws IOException;

        /** Whether the packet that came last is the last one in answer to the step. To be asked once for each. */
        boolean complete();
    }

    /**
     * Sees the packets after a step.
     *
     * @return whether the connection ended behind them
     */
    boolean see(String step, Source source) throws IOException;
}
