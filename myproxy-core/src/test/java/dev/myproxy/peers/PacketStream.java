package dev.myproxy.peers;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import java.util.zip.CRC32C;

/** Packets over a {@link Wire}: {@code length(3) sequence(1) payload}. */
public final class PacketStream implements Closeable {

    private final Wire wire;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
    private int pieceBytes = Integer.MAX_VALUE;
    private boolean insidePacket;

    public PacketStream(Wire wire) {
        this.wire = wire;
    }

    public Wire wire() {
        return wire;
    }

    /** Shakes hands; what is read and written from then on is encrypted. */
    public void encrypt(SSLEngine engine) throws IOException {
        wire.encrypt(engine, in);
    }

    /** Writes from now on leave in pieces of so many bytes, each in a system call of its own. */
    public void pieces(int bytes) {
        pieceBytes = bytes;
    }

    /** The packets that make up a payload: several from {@link Packet#MAX} bytes on. */
    public static byte[] frame(int sequence, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 8);
        int at = 0;
        int length;
        int id = sequence;
        do {
            length = Math.min(Packet.MAX, payload.length - at);
            out.writeBytes(new PayloadWriter().u24(length).u8(id++).toByteArray());
            out.write(payload, at, length);
            at += length;
        } while (length == Packet.MAX);
        return out.toByteArray();
    }

    /** Writes a payload as one or more packets. */
    public void write(int sequence, byte... payload) throws IOException {
        raw(frame(sequence, payload));
    }

    /** Writes bytes as they are. */
    public void raw(byte... bytes) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(pieceBytes, all.remaining()));
            wire.write(piece);
            all.position(all.position() + piece.position());
        }
    }

    /** Reads a packet. */
    public Packet read() throws IOException {
        return read(Packet.MAX, new CRC32C());
    }

    /**
     * Reads a packet without keeping all of it.
     *
     * @param keep     how many bytes of the payload at most
     * @param checksum is updated with the packet, header and payload
     */
    public Packet read(int keep, CRC32C checksum) throws IOException {
        fill(4);
        checksum.update(in.duplicate().limit(in.position() + 4));
        int length = (in.get() & 0xff) | (in.get() & 0xff) << 8 | (in.get() & 0xff) << 16;
        int sequence = in.get() & 0xff;
        insidePacket = true;
        byte[] kept = new byte[Math.min(keep, length)];
        int at = 0;
        while (at < length) {
            fill(1);
            int count = Math.min(in.remaining(), length - at);
            checksum.update(in.duplicate().limit(in.position() + count));
            int copied = Math.clamp(kept.length - at, 0, count);
            in.get(kept, Math.min(at, kept.length), copied);
            in.position(in.position() + count - copied);
            at += count;
        }
        insidePacket = false;
        return new Packet(sequence, length, kept);
    }

    /**
     * Waits for the end of the stream.
     *
     * @return the packet that came instead, or nothing
     */
    public Optional<Packet> readEnd() throws IOException {
        try {
            return Optional.of(read());
        } catch (EOFException e) {
            if (in.hasRemaining() || insidePacket) {
                throw new AssertionError("an incomplete packet before the end", e);
            }
            return Optional.empty();
        }
    }

    /** Whether nothing arrives for a while. */
    public boolean isQuiet(Duration time) throws IOException {
        if (in.hasRemaining()) {
            return false;
        }
        in.clear();
        try {
            wire.readSome(in, time);
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } finally {
            in.flip();
        }
    }

    private void fill(int bytes) throws IOException {
        while (in.remaining() < bytes) {
            in.compact();
            try {
                if (wire.readSome(in) < 0) {
                    throw new EOFException("stream ended");
                }
            } finally {
                in.flip();
            }
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
