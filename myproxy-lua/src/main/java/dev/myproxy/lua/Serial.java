package dev.myproxy.lua;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers what Java shows to scripts. Fits a double exactly for the next 2^53 objects. */
final class Serial {

    private static final AtomicLong LAST = new AtomicLong();

    private Serial() {}

    static long next() {
        return LAST.incrementAndGet();
    }
}
