package dev.myproxy.proxyheader;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.address.Address;
import dev.myproxy.peers.Hostile;
import dev.myproxy.protocol.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Whatever a sender begins with, it is a header, the beginning of one, or none; and the same one in whatever pieces it comes. A header
 * that is written by ourselves reads as itself.
 */
class ProxyHeaderFuzzTest {

    /** What was read, and how many bytes of the input are the client's own. */
    private record Seen(Optional<ProxyHeader> header, int rest) {}

    @FuzzTest
    void header(byte[] input) {
        Optional<Seen> whole = Hostile.read(input.length, () -> read(input, Math.max(input.length, 1)));
        for (int pieces : new int[]{1, 2, 3, 13}) {
            assertThat(Hostile.read(input.length, () -> read(input, pieces))).isEqualTo(whole);
        }
        whole.flatMap(Seen::header).filter(ProxyHeaderFuzzTest::isToldByUs).ifPresent(header -> {
            for (HeaderVersion version : HeaderVersion.values()) {
                ByteBuf written = Hex.written(to -> version.write(header, to));
                assertThat(new ProxyHeaderReader().read(written)).contains(asVersionCanTell(header, version));
                assertThat(written.isReadable()).isFalse();
            }
        });
    }

    private static Seen read(byte[] input, int pieceBytes) {
        ProxyHeaderReader reader = new ProxyHeaderReader();
        ByteBuf data = Unpooled.wrappedBuffer(input).writerIndex(0);
        while (data.writerIndex() < input.length) {
            data.writerIndex(Math.min(data.writerIndex() + pieceBytes, input.length));
            Optional<ProxyHeader> header = reader.read(data);
            if (header.isPresent()) {
                return new Seen(header, input.length - data.readerIndex());
            }
            if (data.isReadable()) {
                throw new AssertionError("bytes of a header were left");
            }
        }
        return new Seen(Optional.empty(), 0);
    }

    /** Servers are told of clients that come by TCP. */
    private static boolean isToldByUs(ProxyHeader header) {
        return !(header instanceof ProxyHeader.Forwarded(Address source, Address destination))
                || (source instanceof Address.Inet && destination instanceof Address.Inet);
    }

    /** A line of text knows no LOCAL. */
    private static ProxyHeader asVersionCanTell(ProxyHeader header, HeaderVersion version) {
        return version == HeaderVersion.V1 && header instanceof ProxyHeader.Local
                ? new ProxyHeader.Unknown()
                : header;
    }
}
