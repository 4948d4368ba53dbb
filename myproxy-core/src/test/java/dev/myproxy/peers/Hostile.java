package dev.myproxy.peers;

import com.sun.management.ThreadMXBean;
import dev.myproxy.protocol.MalformedPacketException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;

/** What must hold for all that reads bytes of peers, whatever they are: for fuzz tests. */
public final class Hostile {

    /** More than any reader needs for itself. */
    private static final long ALLOWANCE_BYTES = 256 << 10;
    private static final int ALLOWANCE_PER_BYTE = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Hostile() {}

    /**
     * Reads something: that must give a value or the protocol's exception, and take memory by what is there, not by what
     * is claimed.
     *
     * @param bytes how many there are
     * @param read  is called again, if need be, and must do the same then
     * @return the value, if there is one
     */
    public static <T> Optional<T> read(int bytes, Supplier<T> read) {
        long limit = ALLOWANCE_BYTES + (long) ALLOWANCE_PER_BYTE * bytes;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<T> value = attempt(read);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > limit) {
            // Or was it that classes were loaded?
            before = THREADS.getCurrentThreadAllocatedBytes();
            value = attempt(read);
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (taken > limit) {
                throw new AssertionError(taken + " bytes of memory taken for an input of " + bytes);
            }
        }
        return value;
    }

    private static <T> Optional<T> attempt(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (MalformedPacketException _) {
            return Optional.empty();
        }
    }
}
