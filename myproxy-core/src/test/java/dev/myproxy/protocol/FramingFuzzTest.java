package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Framing does not depend on where buffers begin and end. The first byte of an input says how it is cut. */
class FramingFuzzTest {

    private static final int SMALL_PAYLOAD = 300;

    /** What becomes of a packet, or of a stream in the end. */
    private record Seen(int sequenceId, String payload) {}

    /** Gives the same packets however they arrive, loses no buffer and takes no memory for what is only claimed. */
    @FuzzTest
    void packetAssembler(byte[] input) {
        byte[] stream = rest(input);
        List<Seen> whole = assemble(stream, 0);
        assertThat(assemble(stream, cut(input))).isEqualTo(whole);
    }

    private static List<Seen> assemble(byte[] stream, int cut) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        List<Seen> seen = new ArrayList<>();
        PacketAssembler assembler = new PacketAssembler(SMALL_PAYLOAD);
        try (assembler) {
            for (ByteBuf piece : FuzzedStream.cut(Unpooled.wrappedBuffer(stream), cut)) {
                assembler.feed(allocator.heapBuffer(piece.readableBytes()).writeBytes(piece));
                while (assembler.next()) {
                    seen.add(new Seen(assembler.sequenceId(), ByteBufUtil.hexDump(assembler.payload())));
                }
                assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(64 + 8L * stream.length);
            }
            seen.add(new Seen(-1, "unread " + assembler.hasUnread()));
        } catch (MalformedPacketException e) {
            seen.add(new Seen(assembler.sequenceId(), String.valueOf(e.getMessage())));
        }
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory()).isZero();
        return seen;
    }

    /** Knows what the headers tell, skips as much, and gives the payload. */
    @FuzzTest
    void payload(byte[] input) {
        ByteBuf stream = FuzzedStream.of(rest(input));
        PayloadSpan span = PayloadSpan.of(stream);
        assertThat(stream.readerIndex()).isZero();
        PayloadSkip skip = new PayloadSkip();

        assertThat(ended(skip, stream, cut(input))).isEqualTo(span.complete());

        if (span.packets() > 0 && span.complete()) {
            assertThat(skip.sequenceId()).isEqualTo(span.lastSequenceId());
            ByteBuf payload = span.payload(stream);
            assertThat(payload.readableBytes()).isEqualTo(span.payloadBytes());
            assertThat(span.wireBytes()).isLessThanOrEqualTo(stream.readableBytes());
            int first = Math.min(payload.readableBytes(), Long.BYTES);
            assertThat(ByteBufUtil.equals(payload, 0, stream, Packets.HEADER_BYTES, first)).isTrue();
        }
    }

    /** Feeds the pieces, keeping what is left of a header, and checks that nothing behind the payload is taken. */
    private static boolean ended(PayloadSkip skip, ByteBuf stream, int cut) {
        PayloadSpan span = PayloadSpan.of(stream);
        ByteBuf left = Unpooled.EMPTY_BUFFER;
        int fed = 0;
        for (ByteBuf piece : FuzzedStream.cut(stream, cut)) {
            fed += piece.readableBytes();
            ByteBuf data = left.isReadable() ? Unpooled.wrappedBuffer(left, piece) : piece;
            if (skip.skip(data)) {
                assertThat(fed - data.readableBytes()).isEqualTo(span.wireBytes());
                return true;
            }
            assertThat(data.readableBytes()).isLessThan(Packets.HEADER_BYTES);
            left = data;
        }
        return false;
    }

    /** Changes the sequence ids and nothing else, and back. */
    @FuzzTest
    void sequenceShift(byte[] input) {
        int difference = input.length > 1 ? input[1] : 0;
        ByteBuf original = FuzzedStream.of(rest(input));
        ByteBuf changed = writable(original);
        SequenceShift forth = new SequenceShift(difference);
        FuzzedStream.cut(changed, cut(input)).forEach(forth::apply);

        int at = 0;
        while (original.readableBytes() - at >= Packets.HEADER_BYTES) {
            int sequenceId = original.getUnsignedByte(at + 3);
            assertThat((int) changed.getUnsignedByte(at + 3)).isEqualTo(sequenceId + difference & 0xff)
                    .isEqualTo(forth.of(sequenceId));
            at += Packets.HEADER_BYTES + original.getUnsignedMediumLE(at);
        }
        SequenceShift back = new SequenceShift(-difference);
        FuzzedStream.cut(changed, cut(input) / 2).forEach(back::apply);
        assertThat(ownBytes(changed)).isEqualTo(ownBytes(original));
    }

    /** What is in a stream but for the blanks. */
    private static ByteBuf ownBytes(ByteBuf stream) {
        if (!(stream instanceof CompositeByteBuf parts)) {
            return stream;
        }
        ByteBuf own = Unpooled.buffer();
        for (int i = 0; i < parts.numComponents(); i++) {
            ByteBuf part = parts.component(i);
            if (!part.isReadOnly()) {
                own.writeBytes(part);
            }
        }
        return own;
    }

    /** The blanks of a stream are shared and not to be written, which nobody should: all else is copied. */
    private static ByteBuf writable(ByteBuf stream) {
        if (!(stream instanceof CompositeByteBuf parts)) {
            return stream.copy();
        }
        CompositeByteBuf copy = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        for (int i = 0; i < parts.numComponents(); i++) {
            ByteBuf part = parts.component(i);
            copy.addComponent(true, part.isReadOnly() ? part.duplicate() : part.copy());
        }
        return copy;
    }

    private static int cut(byte[] input) {
        return input.length > 0 ? input[0] & 0xff : 0;
    }

    private static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }
}
