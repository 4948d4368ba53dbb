package dev.myproxy.protocol;

/**
 * Commands that wait for the response before theirs to end, oldest first: one {@code int} each, in a ring that grows by
 * doubling.
 *
 * <p>An entry is the command byte, the sequence id of the command's last packet, and flags.
 */
final class CommandQueue {

    /** The command's packet had no byte at all. */
    static final int EMPTY = 1 << 16;
    /** The command asked for a cursor. */
    static final int CURSOR = 1 << 17;

    private static final int SEQUENCE_SHIFT = 8;
    private static final int SEQUENCE_MASK = 0xff << SEQUENCE_SHIFT;

    private int[] ring = new int[4];
    private int first;
    private int size;

    static int entry(int code, int sequenceId, int flags) {
        return (code & 0xff) | (sequenceId << SEQUENCE_SHIFT) | flags;
    }

    static int code(int entry) {
        return entry & 0xff;
    }

    static int sequenceId(int entry) {
        return (entry & SEQUENCE_MASK) >>> SEQUENCE_SHIFT;
    }

    static int withSequenceId(int entry, int sequenceId) {
        return (entry & ~SEQUENCE_MASK) | (sequenceId << SEQUENCE_SHIFT);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int entry) {
        if (size == ring.length) {
            int[] larger = new int[2 * size];
            for (int i = 0; i < size; i++) {
                larger[i] = ring[index(i)];
            }
            ring = larger;
            first = 0;
        }
        size++;
        setLast(entry);
    }

    int last() {
        return ring[index(size - 1)];
    }

    void setLast(int entry) {
        ring[index(size - 1)] = entry;
    }

    int remove() {
        int entry = ring[first];
        first = index(1);
        size--;
        return entry;
    }

    private int index(int place) {
        return (first + place) & (ring.length - 1);
    }
}
