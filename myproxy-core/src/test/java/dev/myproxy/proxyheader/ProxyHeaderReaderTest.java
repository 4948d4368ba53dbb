package dev.myproxy.proxyheader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String REST = "the client's own";
    private static final Address V4 = Headers.inet("192.0.2.1", 56324);
    private static final Address V4_HERE = Headers.inet("192.0.2.2", 3306);
    private static final Address V6 = Headers.inet("2001:db8::1", 1);
    private static final Address V6_HERE = Headers.inet("2001:db8::2", 65535);

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf binary(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(SIGNATURE + hex.replace(" ", "")));
    }

    /** Reads it as a whole, then byte by byte, each with something behind it that must stay. */
    private static ProxyHeader read(ByteBuf header) {
        ByteBuf whole = Unpooled.wrappedBuffer(header.duplicate(), text(REST));
        ProxyHeader read = new ProxyHeaderReader().read(whole).orElseThrow();
        assertThat(whole.toString(StandardCharsets.ISO_8859_1)).isEqualTo(REST);

        ProxyHeaderReader slow = new ProxyHeaderReader();
        while (header.readableBytes() > 1) {
            assertThat(slow.read(header.readSlice(1))).isEmpty();
            assertThat(slow.hasBegun()).isTrue();
        }
        ByteBuf last = Unpooled.wrappedBuffer(header, text(REST));
        assertThat(slow.read(last)).contains(read);
        assertThat(last.toString(StandardCharsets.ISO_8859_1)).isEqualTo(REST);
        return read;
    }

    private static void assertMalformed(ByteBuf header, String message) {
        assertThatExceptionOfType(MalformedPacketException.class)
                .isThrownBy(() -> new ProxyHeaderReader().read(header.duplicate())).withMessage(message);
        assertThatExceptionOfType(MalformedPacketException.class).as("in single bytes").isThrownBy(() -> {
            ProxyHeaderReader reader = new ProxyHeaderReader();
            while (header.isReadable()) {
                Optional<ProxyHeader> done = reader.read(header.readSlice(1));
                assertThat(done).isEmpty();
            }
        }).withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"'PROXY TCP4 ',true", "PROX,true", "PRO,false", "PROXIES,false", "'SELECT 1',false"})
    void headersAreKnownByTheirFirstBytes(String start, boolean known) {
        assertThat(ProxyHeaderReader.isHeader(Unpooled.copiedBuffer(start, StandardCharsets.US_ASCII)))
                .isEqualTo(known);
    }

    @Test
    void binaryHeadersAreKnownByTheirFirstBytes() {
        ByteBuf header = Unpooled.buffer();
        HeaderVersion.V2.write(new ProxyHeader.Local(), header);

        assertThat(ProxyHeaderReader.isHeader(header)).isTrue();
        assertThat(ProxyHeaderReader.isHeader(header.slice(0, 4))).isTrue();
        assertThat(ProxyHeaderReader.isHeader(header.slice(1, 12))).isFalse();
    }

    @Test
    void lines() {
        assertThat(read(text("PROXY TCP4 192.0.2.1 192.0.2.2 56324 3306\r\n")))
                .isEqualTo(new ProxyHeader.Forwarded(V4, V4_HERE));
        assertThat(read(text("PROXY TCP6 2001:db8::1 2001:DB8:0:0:0:0:0:2 1 65535\r\n")))
                .isEqualTo(new ProxyHeader.Forwarded(V6, V6_HERE));
        assertThat(read(text("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 56324 3306\r\n")))
                .isEqualTo(new ProxyHeader.Forwarded(V4, V4_HERE));
        assertThat(read(text("PROXY UNKNOWN\r\n"))).isEqualTo(new ProxyHeader.Unknown());
        assertThat(read(text("PROXY UNKNOWN 192.0.2.1 whatever 0 0\r\n"))).isEqualTo(new ProxyHeader.Unknown());
    }

    @Test
    void theLongestLine() {
        String line = "PROXY UNKNOWN " + "x".repeat(TextHeader.MAX_BYTES - 16) + "\r\n";

        assertThat(read(text(line))).isEqualTo(new ProxyHeader.Unknown());
        assertMalformed(text(line.replace("\r", "x\r")), "PROXY header without an end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY \r\n", "PROXY TCP4\r\n", "PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
            "PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 \r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n", "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
            "PROXY TCP6 fe80::1%lo 2001:db8::2 1 2\r\n", "PROXY UNKNOWN\u0001\r\n", "PROXY UNKNOWNS\r\n",
            "PROXY UNKNOWN \u001b[2J\r\n"})
    void badLines(String line) {
        assertMalformed(text(line), "PROXY header without protocol, addresses and ports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n", "PROXY TCP4 192.0.2 192.0.2.2 1 2\r\n",
            "PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n", "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY TCP6 2001:db8::1::2 2001:db8::2 1 2\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 99999\r\n"})
    void badAddresses(String line) {
        assertMalformed(text(line), "PROXY header with a bad address or port");
    }

    @Test
    void binaryHeaders() {
        assertThat(read(binary("21 11 000c c0000201 c0000202 dc04 0cea")))
                .isEqualTo(new ProxyHeader.Forwarded(V4, V4_HERE));
        assertThat(
                read(binary("21 21 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 0001 ffff")))
                .isEqualTo(new ProxyHeader.Forwarded(V6, V6_HERE));
        assertThat(read(binary("21 00 0000"))).isEqualTo(new ProxyHeader.Unknown());
        assertThat(read(binary("20 00 0000"))).isEqualTo(new ProxyHeader.Local());
    }

    @Test
    void addressesOfSendersThatSpeakForThemselvesAreNotRead() {
        assertThat(read(binary("20 11 000c c0000201 c0000202 dc04 0cea"))).isEqualTo(new ProxyHeader.Local());
        assertThat(read(binary("20 ff 0001 99"))).isEqualTo(new ProxyHeader.Local());
    }

    @Test
    void unixSockets() {
        ByteBuf header = binary("21 31 00d8");
        ByteBuf addresses = Unpooled.buffer().writeBytes(text("/run/client"));
        addresses.writeZero(108 - addresses.readableBytes()).writeBytes(text("\0here")).writeZero(103);

        assertThat(read(Unpooled.wrappedBuffer(header, addresses))).isEqualTo(
                new ProxyHeader.Forwarded(new Address.UnixPath("/run/client"), new Address.Abstract("here")));
        assertThat(read(Unpooled.wrappedBuffer(binary("21 31 00d8"), Unpooled.buffer().writeZero(216)))).isEqualTo(
                new ProxyHeader.Forwarded(new Address.UnixPath(""), new Address.UnixPath("")));
    }

    @Test
    void socketsWhoseNamesCouldForgeLines() {
        ByteBuf addresses = text("/run/a\n[root] login");
        addresses = Unpooled.buffer().writeBytes(addresses).writeZero(216 - addresses.readableBytes());

        assertMalformed(Unpooled.wrappedBuffer(binary("21 31 00d8"), addresses),
                "PROXY header with control characters in the name of a socket");
    }

    @Test
    void extensionsAreSkipped() {
        ByteBuf extensions = Unpooled.buffer().writeZero(65535 - 12);
        ByteBuf header = Unpooled.wrappedBuffer(binary("21 11 ffff c0000201 c0000202 dc04 0cea"), extensions);

        assertThat(read(header)).isEqualTo(new ProxyHeader.Forwarded(V4, V4_HERE));
        assertThat(read(binary("21 00 0007 0400040000 0000"))).isEqualTo(new ProxyHeader.Unknown());
        assertThat(read(binary("20 00 0003 040000"))).isEqualTo(new ProxyHeader.Local());
    }

    @Test
    void badBinaryHeaders() {
        assertMalformed(binary("11 11 000c"), "PROXY header of an unknown version or command");
        assertMalformed(binary("22 11 000c"), "PROXY header of an unknown version or command");
        assertMalformed(binary("21 12 000c"), "PROXY header of something else than TCP or a Unix stream");
        assertMalformed(binary("21 11 000b"), "PROXY header without room for its addresses");
        assertMalformed(binary("21 31 00d7"), "PROXY header without room for its addresses");
    }

    @Test
    void somethingElse() {
        assertMalformed(text("GET / HTTP/1.1\r\n"), "No PROXY header");
        assertMalformed(text("PROXX"), "No PROXY header");
        assertMalformed(text("\r\n\r\n\0\r\nQUIT\r"), "No PROXY header");
        assertThat(new ProxyHeaderReader().hasBegun()).isFalse();
    }
}
