package dev.myproxy.proxyheader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderVersionTest {

    private static final Address V4 = Headers.inet("192.0.2.1", 56324);
    private static final Address V6 = Headers.inet("2001:db8::1", 3306);

    private static ByteBuf write(HeaderVersion version, ProxyHeader header) {
        ByteBuf written = Unpooled.buffer();
        version.write(header, written);
        return written;
    }

    private static String line(ProxyHeader header) {
        return write(HeaderVersion.V1, header).toString(StandardCharsets.US_ASCII);
    }

    @Test
    void lines() {
        assertThat(line(new ProxyHeader.Forwarded(V4, Headers.inet("192.0.2.2", 1))))
                .isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.2 56324 1\r\n");
        assertThat(line(new ProxyHeader.Forwarded(V6, Headers.inet("::1", 1))))
                .isEqualTo("PROXY TCP6 2001:db8::1 ::1 3306 1\r\n");
    }

    /** A balancer may have listened on one kind and connected by the other one. */
    @Test
    void addressesOfTwoKinds() {
        assertThat(line(new ProxyHeader.Forwarded(V4, V6)))
                .isEqualTo("PROXY TCP6 ::ffff:192.0.2.1 2001:db8::1 56324 3306\r\n");
        assertThat(new ProxyHeaderReader().read(write(HeaderVersion.V2, new ProxyHeader.Forwarded(V6, V4))))
                .contains(new ProxyHeader.Forwarded(V6, V4));
    }

    @Test
    void linesKnowNothingButTcp() {
        Address unix = new Address.UnixPath("/run/client");
        assertThat(List.of(line(new ProxyHeader.Local()), line(new ProxyHeader.Unknown()),
                line(new ProxyHeader.Forwarded(unix, unix)))).containsOnly("PROXY UNKNOWN\r\n");
    }

    static Stream<ProxyHeader> whatCanBeSaid() {
        return Stream.of(new ProxyHeader.Local(), new ProxyHeader.Unknown(), new ProxyHeader.Forwarded(V4, V4),
                new ProxyHeader.Forwarded(V6, V6),
                new ProxyHeader.Forwarded(new Address.UnixPath("/run/client"), new Address.Abstract("proxy")));
    }

    @ParameterizedTest
    @MethodSource("whatCanBeSaid")
    void whatIsWrittenCanBeRead(ProxyHeader header) {
        ByteBuf written = write(HeaderVersion.V2, header);

        assertThat(new ProxyHeaderReader().read(written)).contains(header);
        assertThat(written.isReadable()).isFalse();
    }

    @Test
    void numbers() {
        assertThat(HeaderVersion.of(1)).contains(HeaderVersion.V1);
        assertThat(HeaderVersion.of(HeaderVersion.V2.number())).contains(HeaderVersion.V2);
        assertThat(HeaderVersion.of(3)).isEmpty();
    }
}
