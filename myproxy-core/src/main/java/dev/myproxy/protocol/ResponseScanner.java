package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over what the server sends in the command phase: finds the packets in the stream, wherever buffers begin and
 * end, and tells the tracker about them. It looks at the bytes that decide and skips the rest; nothing is copied but
 * those few when a buffer ends among them.
 */
public final class ResponseScanner {

    private final ResponseTracker tracker;
    /** Made when a buffer ends among the bytes that decide for the first time; most sessions never see that. */
    private @Nullable ByteBuf peek;

    private long packets;
    private int header;
    private int headerBytes;
    private int length;
    private int remaining;
    private boolean continued;
    /** Whether the tracker has been told of the packet. */
    private boolean told;
    private int wanted;
    private int forwardable;

    public ResponseScanner(ResponseTracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Looks at the readable bytes of a buffer, which continue those of the last call. Moves no index; all of the bytes may
     * be forwarded.
     *
     * @throws MalformedPacketException if the server breaks the protocol; {@link #forwardableBytes} tells how far the
     *                                  stream was good. The scanner can't be used any more.
     */
    public void scan(ByteBuf data) {
        int start = data.readerIndex();
        int end = data.writerIndex();
        int packetStart = start;
        boolean startedHere = false;
        int at = start;
        try {
            while (at < end) {
                if (headerBytes < Packets.HEADER_BYTES) {
                    if (headerBytes == 0) {
                        at = skipRows(data, at, end);
                        packetStart = at;
                        startedHere = true;
                    }
                    at = readHeader(data, at, end);
                } else if (told) {
                    int skipped = Math.min(remaining, end - at);
                    if (tracker.readsState()) {
                        tracker.state(data, at, skipped);
                    }
                    at += skipped;
                    remaining -= skipped;
                } else {
                    at = look(data, at, end);
                }
                if (headerBytes == Packets.HEADER_BYTES && told && remaining == 0) {
                    packetEnd();
                }
            }
            forwardable = end - start;
        } catch (MalformedPacketException e) {
            forwardable = packetStart - start;
            if (startedHere) {
                headerBytes = 0;
            }
            throw e;
        }
    }

    /** How many packets have begun so far. */
    public long packets() {
        return packets;
    }

    /** How many bytes of the last buffer belong to good packets: all of them, but after an exception. */
    public int forwardableBytes() {
        return forwardable;
    }

    /** Whether a packet of ours may stand behind the bytes that were scanned and are forwardable. */
    public boolean betweenPackets() {
        return headerBytes == 0 && !continued;
    }

    /**
     * How many bytes are missing until a packet of ours may stand behind those that were scanned, as far as is known: more
     * may be known when these have been scanned. 0 between packets.
     */
    public int missingBytes() {
        if (betweenPackets()) {
            return 0;
        }
        return headerBytes < Packets.HEADER_BYTES ? Packets.HEADER_BYTES - headerBytes : remaining;
    }

    /** Passes over the rows that are completely there: the short way for what most of the bytes are. */
    private int skipRows(ByteBuf data, int from, int end) {
        int at = from;
        if (!continued && tracker.expectsRows()) {
            while (end - at > Packets.HEADER_BYTES) {
                int next = data.getIntLE(at);
                int payload = next & Packets.MAX_PAYLOAD_BYTES;
                int behind = at + Packets.HEADER_BYTES + payload;
                if (behind > end || payload == 0 || payload == Packets.MAX_PAYLOAD_BYTES
                        || !ResponseGrammar.isRow(data.getUnsignedByte(at + Packets.HEADER_BYTES))) {
                    break;
                }
                header = next;
                at = behind;
                packets++;
            }
            if (at > from) {
                tracker.packetContinued(sequenceId());
            }
        }
        return at;
    }

    private int readHeader(ByteBuf data, int from, int end) {
        int at = from;
        if (headerBytes == 0 && end - at >= Packets.HEADER_BYTES) {
            header = data.getIntLE(at);
            headerBytes = Packets.HEADER_BYTES;
            at += Packets.HEADER_BYTES;
        } else {
            header = headerBytes == 0 ? 0 : header;
            while (at < end && headerBytes < Packets.HEADER_BYTES) {
                header |= data.getUnsignedByte(at++) << (Byte.SIZE * headerBytes++);
            }
            if (headerBytes < Packets.HEADER_BYTES) {
                return at;
            }
        }
        packets++;
        length = header & Packets.MAX_PAYLOAD_BYTES;
        remaining = length;
        wanted = 0;
        told = continued || length == 0;
        if (continued) {
            tracker.packetContinued(sequenceId());
        } else if (length == 0) {
            tracker.packet(sequenceId(), 0, Unpooled.EMPTY_BUFFER, 0);
        }
        return at;
    }

    /** Shows the tracker the first bytes of a payload as soon as they are there. */
    private int look(ByteBuf data, int from, int end) {
        if (wanted == 0) {
            wanted = tracker.wantedBytes(data.getUnsignedByte(from), length);
            if (end - from >= wanted) {
                tracker.packet(sequenceId(), length, data, from);
                told = true;
                return from;
            }
            clearPeek();
        }
        ByteBuf first = Objects.requireNonNull(peek);
        int copied = Math.min(wanted - first.readableBytes(), end - from);
        first.writeBytes(data, from, copied);
        remaining -= copied;
        if (first.readableBytes() == wanted) {
            tracker.packet(sequenceId(), length, first, 0);
            told = true;
            if (tracker.readsState()) {
                tracker.state(first, 0, wanted);
            }
        }
        return from + copied;
    }

    private void clearPeek() {
        if (peek == null) {
            peek = Unpooled.buffer(ResponseGrammar.PEEK_BYTES, ResponseGrammar.PEEK_BYTES);
        }
        peek.clear();
    }

    private void packetEnd() {
        headerBytes = 0;
        continued = length == Packets.MAX_PAYLOAD_BYTES;
        if (!continued) {
            tracker.packetEnd();
        }
    }

    private int sequenceId() {
        return header >>> 24;
    }
}
