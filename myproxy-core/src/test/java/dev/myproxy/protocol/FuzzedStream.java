package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of packets that an input of a fuzz test stands for. A packet that claims the largest payload has it, though the
 * input is small: blanks are put in behind what the input has of it. Where somebody takes them for headers, they are those of
 * few packets.
 */
final class FuzzedStream {

    /** So many large packets are filled up; what comes behind them may be cut. */
    private static final int MAX_LARGE = 3;
    private static final ByteBuf BLANKS = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(blanks()).asReadOnly());

    private FuzzedStream() {}

    private static byte[] blanks() {
        byte[] blanks = new byte[Packets.MAX_PAYLOAD_BYTES];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    /** The stream of an input; each byte of the input is in it once. */
    static ByteBuf of(byte[] input) {
        if (!hasLarge(input)) {
            return Unpooled.copiedBuffer(input);
        }
        CompositeByteBuf stream = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        int at = 0;
        int large = 0;
        while (at < input.length) {
            int left = input.length - at;
            int length = left >= Packets.HEADER_BYTES ? length(input, at) : left;
            int whole = Math.min(left, Packets.HEADER_BYTES + length);
            boolean filled = length == Packets.MAX_PAYLOAD_BYTES && large++ < MAX_LARGE;
            // Eight bytes of a large payload are the input's own.
            int taken = filled ? Math.min(left, Packets.HEADER_BYTES + Long.BYTES) : whole;
            stream.addComponent(true, Unpooled.copiedBuffer(input, at, taken));
            if (filled) {
                stream.addComponent(true,
                        BLANKS.slice(0, Packets.MAX_PAYLOAD_BYTES - (taken - Packets.HEADER_BYTES)));
            }
            at += taken;
        }
        return stream;
    }

    private static boolean hasLarge(byte[] input) {
        for (int i = 0; i + 2 < input.length; i++) {
            if (length(input, i) == Packets.MAX_PAYLOAD_BYTES) {
                return true;
            }
        }
        return false;
    }

    private static int length(byte[] input, int at) {
        return (input[at] & 0xff) | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff) << 16;
    }

    /**
     * Cuts a stream into pieces that together are the whole.
     *
     * @param cut 0 for one piece; else how long the pieces are is told by this number: small ones, and the rest as one after
     *            a while
     * @return views
     */
    static List<ByteBuf> cut(ByteBuf stream, int cut) {
        List<ByteBuf> pieces = new ArrayList<>();
        ByteBuf rest = stream.duplicate();
        SplittableRandom random = new SplittableRandom(cut);
        int most = 1 + cut % 13;
        while (cut != 0 && rest.isReadable() && pieces.size() < 200) {
            boolean far = random.nextInt(16) == 0;
            int length = 1 + random.nextInt(far ? 2 * Packets.MAX_PAYLOAD_BYTES : most);
            pieces.add(rest.readSlice(Math.min(length, rest.readableBytes())));
        }
        if (rest.isReadable()) {
            pieces.add(rest);
        }
        return pieces;
    }
}
