package dev.myproxy.proxyheader;

import dev.myproxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads one header of either version, in whatever pieces it comes. Keeps no more of it than the addresses, and takes nothing of
 * what follows it. For one thread.
 */
public final class ProxyHeaderReader {

    private static final int MAX_KEPT_BYTES = BinaryHeader.FIXED_BYTES + BinaryHeader.MAX_ADDRESS_BYTES;

    /** With fewer bytes a packet's header is not complete either. */
    private static final int SIGN_BYTES = 4;

    private final ByteBuf kept = Unpooled.wrappedBuffer(new byte[MAX_KEPT_BYTES]).clear();
    private int addressBytes;
    private int left;
    private boolean skipping;

    /**
     * Takes what has arrived.
     *
     * @param data loses what belongs to the header
     * @return the header, once its last byte is there
     * @throws MalformedPacketException at the first byte that can't be part of a header
     */
    public Optional<ProxyHeader> read(ByteBuf data) {
        while (data.isReadable() && !skipping) {
            kept.writeByte(data.readByte());
            Optional<ProxyHeader> line = isText() ? readText() : Optional.empty();
            if (line.isPresent()) {
                return line;
            }
            if (!isText()) {
                readBinary();
            }
        }
        return skipping ? skip(data) : Optional.empty();
    }

    /** Whether anything has been read. */
    public boolean hasBegun() {
        return kept.isReadable();
    }

    /** Whether what a peer sends looks like a header, as far as it is there: 4 bytes or more. */
    public static boolean isHeader(ByteBuf data) {
        int start = data.readerIndex();
        int length = data.readableBytes();
        return length >= SIGN_BYTES && (IntStream.range(0, Math.min(length, TextHeader.START.length()))
                .allMatch(at -> data.getByte(start + at) == TextHeader.START.charAt(at))
                || IntStream.range(0, Math.min(length, BinaryHeader.FIXED_BYTES))
                        .allMatch(at -> BinaryHeader.isSigned(at, data.getByte(start + at))));
    }

    private boolean isText() {
        return kept.getByte(0) == TextHeader.START.charAt(0);
    }

    private Optional<ProxyHeader> readText() {
        int at = kept.writerIndex() - 1;
        byte last = kept.getByte(at);
        if (at < TextHeader.START.length() && last != TextHeader.START.charAt(at)) {
            throw notAHeader();
        }
        if (last == '\n') {
            return Optional.of(TextHeader.read(kept.toString(StandardCharsets.ISO_8859_1)));
        }
        if (at + 1 == TextHeader.MAX_BYTES) {
            throw new MalformedPacketException("PROXY header without an end");
        }
        return Optional.empty();
    }

    private void readBinary() {
        int at = kept.writerIndex() - 1;
        if (!BinaryHeader.isSigned(at, kept.getByte(at))) {
            throw notAHeader();
        }
        if (at + 1 == BinaryHeader.FIXED_BYTES) {
            addressBytes = BinaryHeader.addressBytes(kept);
            left = BinaryHeader.length(kept) - addressBytes;
        }
        skipping = at + 1 >= BinaryHeader.FIXED_BYTES && at + 1 == BinaryHeader.FIXED_BYTES + addressBytes;
    }

    private Optional<ProxyHeader> skip(ByteBuf data) {
        int skipped = Math.min(left, data.readableBytes());
        data.skipBytes(skipped);
        left -= skipped;
        return left == 0 ? Optional.of(BinaryHeader.read(kept)) : Optional.empty();
    }

    private static MalformedPacketException notAHeader() {
        return new MalformedPacketException("No PROXY header");
    }
}
