package dev.myproxy.session;

import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.PayloadSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client has sent and may not pass yet: the bytes from the first one that waits to the last that has arrived. */
final class HeldBytes {

    private @Nullable ByteBuf held;
    /** Whether what is held came in more than one piece. */
    private boolean joined;
    /** Whether what is held is a buffer of our own that grows. */
    private boolean growing;

    boolean isEmpty() {
        return held == null;
    }

    /** Whether a command is held, whose answer the client waits for. */
    boolean hasCommand() {
        return held != null && held.readableBytes() >= Packets.HEADER_BYTES;
    }

    /** The sequence id of an answer to the first command that is held; 0 if there is none. */
    int nextSequenceId() {
        ByteBuf data = held;
        return data != null && hasCommand() ? Packets.next(PayloadSpan.of(data).lastSequenceId()) : 0;
    }

    /** Holds bytes that have just arrived, while nothing is held. */
    void begin(ByteBuf data) {
        joined = false;
        growing = false;
        held = data;
    }

    /** Holds what is left of bytes that were taken. */
    void keep(ByteBuf data) {
        held = data;
    }

    /**
     * Adds bytes behind those that are held. Copies only what may come in any number of pieces: views of views would get as
     * deep as there are pieces.
     *
     * @param data    taken over
     * @param further whether more pieces are to be expected
     */
    void add(ByteBuf data, boolean further) {
        ByteBuf first = Objects.requireNonNull(held);
        if (!further && !joined) {
            held = Unpooled.wrappedBuffer(first, data);
        } else {
            held = growing ? first : grow(first, data);
            held.writeBytes(data);
            data.release();
        }
        joined = true;
    }

    private ByteBuf grow(ByteBuf first, ByteBuf second) {
        ByteBuf whole = second.alloc().buffer(2 * (first.readableBytes() + second.readableBytes()));
        whole.writeBytes(first);
        first.release();
        growing = true;
        return whole;
    }

    /** Throws the first bytes away. */
    void drop(int length) {
        Objects.requireNonNull(held).skipBytes(length);
    }

    /** Hands over what is held; not to be called while that is nothing. */
    ByteBuf take() {
        ByteBuf data = Objects.requireNonNull(held);
        held = null;
        return data;
    }

    /** Holds nothing any more; what was held belongs to somebody else. */
    void forget() {
        held = null;
    }

    void release() {
        if (held != null) {
            take().release();
        }
    }
}
