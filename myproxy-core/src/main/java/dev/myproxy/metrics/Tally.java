package dev.myproxy.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number for each constant of an enum, written by one thread (an event loop) and read by any: without locks, and without
 * anything that costs more than a plain addition.
 */
@SuppressWarnings("EnumOrdinal") // Nothing outlives this object, and nothing else is as fast.
public final class Tally<E extends Enum<E>> {

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values;

    /** All numbers are 0. */
    public Tally(Class<E> keys) {
        values = new long[keys.getEnumConstants().length];
    }

    /** Adds to a number. Only on the thread that writes. */
    public void add(E key, long n) {
        int index = key.ordinal();
        LONGS.setOpaque(values, index, values[index] + n);
    }

    /** What it has come to. From every thread. */
    public long get(E key) {
        return (long) LONGS.getOpaque(values, key.ordinal());
    }
}
