package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;

/**
 * A cursor over what the client sends in the command phase: says how many bytes may go to the server now, and tells the
 * tracker about the commands among them.
 *
 * <p>Usage: call {@link #scan} with everything that is not forwarded yet, forward as many bytes as it says, and ask
 * {@link #stop} why it says no more. The next call begins with the byte behind the forwarded ones.
 *
 * <pre>
 * END           everything may go
 * PARTIAL       the rest does not tell yet what packet begins: call again with more behind it. It is at most four bytes, or
 *               the beginning of a payload of at most {@value KillFinder#MAX_BYTES} that may be a {@link Kill}
 * RESPONSES     call again when responses have passed, or the server has asked for data
 * KILL          as INTERCEPTED; the packet is complete, and the finder finds a {@link Kill} in it
 * INTERCEPTED   the rest begins with a packet that is to be intercepted; nothing is under way. Either take its bytes
 *               away and answer it, or {@link #pass} and call again
 * </pre>
 */
public final class CommandScanner {

    /** How many commands may be sent ahead of their responses by default. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 4096;

    private static final int CURSOR_FLAGS_AT = 5;
    private static final int CURSOR_FLAGS = 0x07;

    /** Why bytes have to wait. */
    public enum Stop {
        /** None has. */
        END,
        /** What is there does not tell what it is. */
        PARTIAL,
        /** Too many commands are unanswered, or an intercepted command's turn has not come. */
        RESPONSES,
        /** A packet to be intercepted. */
        INTERCEPTED,
        /** A packet that ends a connection. */
        KILL
    }

    private final ResponseTracker tracker;
    private final Set<Command> intercepted;
    private final KillFinder kills;
    private final int maxInFlight;

    private long packets;
    private int remaining;
    private boolean continued;
    /** Whether the payload is no command. */
    private boolean data;
    private boolean passing;
    private boolean excluding;
    /** Payload bytes before the flags of an execution, -1 if there are none to look for. */
    private int beforeFlags = -1;

    private Stop stop = Stop.END;
    private Command command = Command.SLEEP;
    private int sequenceId;
    private int packetBytes;

    public CommandScanner(ResponseTracker tracker, Set<Command> intercepted) {
        this(tracker, intercepted, KillFinder.NONE, DEFAULT_MAX_IN_FLIGHT);
    }

    /**
     * Makes a scanner for a stream in which no packet has begun.
     *
     * @param intercepted commands that may not just pass
     * @param kills       finds, among the others, what may not just pass either
     * @param maxInFlight how many commands may be sent ahead of their responses
     */
    public CommandScanner(ResponseTracker tracker, Set<Command> intercepted, KillFinder kills, int maxInFlight) {
        this.tracker = tracker;
        this.kills = kills;
        this.intercepted = intercepted.isEmpty() ? EnumSet.noneOf(Command.class) : EnumSet.copyOf(intercepted);
        this.maxInFlight = maxInFlight;
    }

    /**
     * Looks at the readable bytes of a buffer; moves no index.
     *
     * @return how many bytes from the reader index on may be forwarded; they must be, before the next call
     */
    public int scan(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        int at = start;
        stop = Stop.END;
        while (at < end) {
            if (remaining > 0) {
                at = passPayload(bytes, at, end);
            } else if (end - at < Packets.HEADER_BYTES) {
                stop = Stop.PARTIAL;
                return at - start;
            } else if (!passHeader(bytes, at, end)) {
                return at - start;
            } else {
                at += Packets.HEADER_BYTES;
            }
        }
        return at - start;
    }

    /** Why the last {@link #scan} did not let everything go. */
    public Stop stop() {
        return stop;
    }

    /** The command of the packet that was intercepted. */
    public Command command() {
        return command;
    }

    /** The sequence id of the packet that was intercepted. */
    public int sequenceId() {
        return sequenceId;
    }

    /** The size of the packet that was intercepted, with its header. Nobody has checked it: bound it. */
    public int packetBytes() {
        return packetBytes;
    }

    /** How many packets have begun so far, of those that may be forwarded. */
    public long packets() {
        return packets;
    }

    /** Whether the bytes forwarded so far end with a packet. */
    public boolean betweenPackets() {
        return remaining == 0 && !continued;
    }

    /** Lets the intercepted packet go with the next {@link #scan}. */
    public void pass() {
        passing = true;
    }

    /** Adds commands to those that may not just pass, or takes them away. Not while one of them is being intercepted. */
    public void intercept(Set<Command> commands, boolean intercept) {
        if (intercept) {
            intercepted.addAll(commands);
        } else {
            intercepted.removeAll(commands);
        }
    }

    /** Lets no command go, with {@link Stop#RESPONSES}, but what belongs to one that is under way; or ends that. */
    public void exclude(boolean excluded) {
        excluding = excluded;
    }

    private int passPayload(ByteBuf bytes, int at, int end) {
        int passed = Math.min(remaining, end - at);
        remaining -= passed;
        if (beforeFlags >= passed) {
            beforeFlags -= passed;
        } else if (beforeFlags >= 0) {
            if ((bytes.getByte(at + beforeFlags) & CURSOR_FLAGS) != 0) {
                tracker.cursorRequested();
            }
            beforeFlags = -1;
        }
        return at + passed;
    }

    private boolean passHeader(ByteBuf bytes, int at, int end) {
        int length = bytes.getUnsignedMediumLE(at);
        int sequence = bytes.getUnsignedByte(at + 3);
        if (!continued) {
            data = tracker.expectsClientData();
            beforeFlags = -1;
        }
        if (data) {
            tracker.clientDataSent(sequence, length, continued);
        } else if (continued) {
            tracker.commandContinued(sequence);
        } else if (length > 0 && end - at == Packets.HEADER_BYTES) {
            stop = Stop.PARTIAL;
            return false;
        } else if (excluding || tracker.inFlight() >= maxInFlight) {
            stop = Stop.RESPONSES;
            return false;
        } else if (length == 0) {
            tracker.emptyCommandSent(sequence);
        } else if (!passCommand(bytes, at + Packets.HEADER_BYTES, end, sequence, length)) {
            return false;
        }
        packets++;
        remaining = length;
        continued = length == Packets.MAX_PAYLOAD_BYTES;
        return true;
    }

    private boolean passCommand(ByteBuf bytes, int at, int end, int sequence, int length) {
        int code = bytes.getUnsignedByte(at);
        Command next = Command.of(code);
        if (!passing && !passes(next, bytes, at, end, length)) {
            command = next;
            sequenceId = sequence;
            packetBytes = Packets.HEADER_BYTES + length;
            return false;
        }
        passing = false;
        if (next == Command.STMT_EXECUTE) {
            beforeFlags = CURSOR_FLAGS_AT;
        }
        tracker.commandSent(code, sequence);
        if (next.response() == ResponseKind.NONE && length < minBytes(next)) {
            tracker.commandCutShort();
        }
        return true;
    }

    /** How long a command must be that has no answer: the byte itself, a statement's id, the number of a parameter. */
    private static int minBytes(Command command) {
        return switch (command) {
            case STMT_CLOSE -> 5;
            case STMT_SEND_LONG_DATA -> 7;
            default -> 1;
        };
    }

    private boolean passes(Command next, ByteBuf bytes, int at, int end, int length) {
        if (intercepted.contains(next)) {
            return stopAt(Stop.INTERCEPTED);
        }
        return switch (kills.look(next, bytes, at, end, length)) {
            case OTHER -> true;
            case INCOMPLETE -> {
                stop = Stop.PARTIAL;
                yield false;
            }
            case KILL -> stopAt(Stop.KILL);
        };
    }

    private boolean stopAt(Stop reason) {
        stop = tracker.idle() ? reason : Stop.RESPONSES;
        return false;
    }
}
