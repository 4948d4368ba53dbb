package dev.myproxy.protocol;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of capability flags.
 *
 * @param bits the flags by {@link Capability#bit()}; the lower half as in greeting and handshake response, the upper
 *             half MariaDB's extension. Unknown bits are kept.
 */
public record Capabilities(long bits) {

    /** No flag. */
    public static final Capabilities NONE = new Capabilities(0);

    /**
     * Flags that change how the packets of the command phase are laid out, or which commands there are: they must be equal
     * between client and proxy and between proxy and server. Those that concern the handshake alone may differ, and
     * {@link Capability#LOCAL_FILES} and {@link Capability#PROGRESS}, without which a server just never asks for files, or
     * never tells how far a statement is.
     */
    public static final Capabilities FRAMING = of(Capability.PROTOCOL_41, Capability.TRANSACTIONS, Capability.COMPRESS,
            Capability.ZSTD, Capability.MULTI_STATEMENTS, Capability.MULTI_RESULTS, Capability.PS_MULTI_RESULTS,
            Capability.SESSION_TRACK, Capability.DEPRECATE_EOF, Capability.OPTIONAL_RESULTSET_METADATA,
            Capability.QUERY_ATTRIBUTES, Capability.COM_MULTI, Capability.STMT_BULK_OPERATIONS,
            Capability.EXTENDED_METADATA, Capability.CACHE_METADATA, Capability.BULK_UNIT_RESULTS);

    public static Capabilities of(Capability... flags) {
        return NONE.with(flags);
    }

    public boolean has(Capability flag) {
        return (bits & flag.mask()) != 0;
    }

    public boolean hasAll(Capabilities flags) {
        return (bits & flags.bits) == flags.bits;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public Capabilities with(Capability... flags) {
        return new Capabilities(bits | union(flags));
    }

    public Capabilities without(Capability... flags) {
        return new Capabilities(bits & ~union(flags));
    }

    /** The flags that both have. */
    public Capabilities and(Capabilities other) {
        return new Capabilities(bits & other.bits);
    }

    /** The flags that at least one has. */
    public Capabilities or(Capabilities other) {
        return new Capabilities(bits | other.bits);
    }

    /** The flags of this set that the other lacks. */
    public Capabilities minus(Capabilities other) {
        return new Capabilities(bits & ~other.bits);
    }

    /** The lower half, as an unsigned 32 bit number in an {@code int}. */
    int low() {
        return (int) bits;
    }

    /** Whether there is a flag of MariaDB's extension among them. */
    public boolean hasExtended() {
        return extended() != 0;
    }

    /** MariaDB's half. */
    int extended() {
        return (int) (bits >>> Integer.SIZE);
    }

    private static long union(Capability... flags) {
        long union = 0;
        for (Capability flag : flags) {
            union |= flag.mask();
        }
        return union;
    }

    /** The names of the flags, separated by commas, for error texts and logs; unknown bits are left out. */
    @Override
    public String toString() {
        return Stream.of(Capability.values()).filter(this::has).map(Enum::name).collect(Collectors.joining(", "));
    }
}
