package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Finds the commands that end connections with certain ids: COM_PROCESS_KILL, and COM_QUERY with the statement KILL alone, in
 * payloads of at most {@value #MAX_BYTES} bytes. What it can't find goes to the server as it is: KILL among several statements,
 * in prepared statements and procedures.
 *
 * <p>One object per session, on its event loop. Looking at other commands costs a few compares and makes no objects.
 */
public final class KillFinder {

    /** Longer payloads are not looked at. */
    public static final int MAX_BYTES = 1 << 10;

    /** Finds nothing. */
    public static final KillFinder NONE = new KillFinder(0, false, Long.MAX_VALUE);

    private static final int PROCESS_KILL_BYTES = 1 + Integer.BYTES;
    /** The command's byte, no query attributes, one set of them. */
    private static final int WITHOUT_ATTRIBUTES = 3;

    /** What a command is. */
    enum Verdict {
        /** None of those that are looked for. */
        OTHER,
        /** It may be one: the whole packet tells. */
        INCOMPLETE,
        /** One of those. */
        KILL
    }

    private final int maxBytes;
    private final boolean attributes;
    private final long firstId;
    private final KillText text = new KillText();

    private KillFinder(int maxBytes, boolean attributes, long firstId) {
        this.maxBytes = maxBytes;
        this.attributes = attributes;
        this.firstId = firstId;
    }

    /**
     * Makes a finder.
     *
     * @param capabilities in force between client and server
     * @param firstId      ids from this one up to 2^32 - 1 are looked for
     */
    public KillFinder(Capabilities capabilities, long firstId) {
        this(MAX_BYTES, capabilities.has(Capability.QUERY_ATTRIBUTES), firstId);
    }

    /** The command in a complete payload, if it is one of those. */
    public Optional<Kill> find(ByteBuf payload) {
        int at = payload.readerIndex();
        int length = payload.readableBytes();
        Command command = length == 0 ? Command.SLEEP : Command.of(payload.getByte(at));
        if (look(command, payload, at, at + length, length) != Verdict.KILL) {
            return Optional.empty();
        }
        if (command == Command.PROCESS_KILL) {
            int after = at + PROCESS_KILL_BYTES;
            return Optional.of(new Kill(command, ByteString.EMPTY, part(payload, at + 1, after),
                    payload.getUnsignedIntLE(at + 1),
                    part(payload, after, at + length), "", false));
        }
        String words = (text.isHard() ? "HARD " : "") + (text.isSoft() ? "SOFT " : "")
                + (text.isQuery() ? "QUERY " : "");
        return Optional.of(new Kill(command, part(payload, at + 1, text.idAt()),
                part(payload, text.idAt(), text.idEnd()), text.id(),
                part(payload, text.idEnd(), at + length), words, text.isQuery()));
    }

    private static ByteString part(ByteBuf payload, int from, int to) {
        return ByteString.read(payload.slice(from, to - from), to - from);
    }

    /**
     * Looks at a command that may not be there completely; moves no index.
     *
     * @param at     index of the command's byte, which is there
     * @param end    index behind what is there
     * @param length of the payload that the packet's header tells
     */
    Verdict look(Command command, ByteBuf bytes, int at, int end, int length) {
        if (length > maxBytes) {
            return Verdict.OTHER;
        }
        return switch (command) {
            case QUERY -> lookAtQuery(bytes, at, end, length);
            case PROCESS_KILL -> lookAtProcessKill(bytes, at, end, length);
            default -> Verdict.OTHER;
        };
    }

    private Verdict lookAtProcessKill(ByteBuf bytes, int at, int end, int length) {
        if (length < PROCESS_KILL_BYTES) {
            return Verdict.OTHER;
        }
        if (end - at < length) {
            return Verdict.INCOMPLETE;
        }
        return verdict(bytes.getUnsignedIntLE(at + 1));
    }

    private Verdict lookAtQuery(ByteBuf bytes, int at, int end, int length) {
        int first = attributes ? WITHOUT_ATTRIBUTES : 1;
        if (length <= first) {
            return Verdict.OTHER;
        }
        if (end - at <= first) {
            return Verdict.INCOMPLETE;
        }
        boolean hidden = attributes && bytes.getByte(at + 1) != 0;
        if (!hidden && !KillText.mayBeginWith(bytes.getByte(at + first))) {
            return Verdict.OTHER;
        }
        if (end - at < length) {
            return Verdict.INCOMPLETE;
        }
        int textAt = attributes ? behindAttributes(bytes, at + 1, at + length) : at + 1;
        return textAt >= 0 && text.read(bytes, textAt, at + length) ? verdict(text.id()) : Verdict.OTHER;
    }

    /** Index of the text, -1 if what stands before it makes no sense. */
    private static int behindAttributes(ByteBuf bytes, int from, int to) {
        int readerIndex = bytes.readerIndex();
        int writerIndex = bytes.writerIndex();
        try {
            QueryAttributes.skip(bytes.setIndex(from, to));
            return bytes.readerIndex();
        } catch (MalformedPacketException _) {
            return -1;
        } finally {
            bytes.setIndex(readerIndex, writerIndex);
        }
    }

    private Verdict verdict(long id) {
        return id >= firstId && id <= 0xffff_ffffL ? Verdict.KILL : Verdict.OTHER;
    }
}
