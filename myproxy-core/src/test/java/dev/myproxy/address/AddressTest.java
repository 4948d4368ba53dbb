package dev.myproxy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressTest {

    @Test
    void showsMappedAddressesAsIpv4() throws Exception {
        // given what an accepting IPv6 socket says of an IPv4 client
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        mapped[15] = 1;
        InetSocketAddress socket = new InetSocketAddress(Inet6Address.getByAddress(null, mapped, 0), 5);
        assertThat(socket.getAddress()).isInstanceOf(Inet6Address.class);

        assertThat(Address.of(socket)).hasToString("10.0.0.1:5")
                .isEqualTo(Address.inet(InetAddress.ofLiteral("10.0.0.1"), 5));
    }

    @Test
    void unnamedSocketsHaveAQuestionMark() {
        assertThat(Address.of(new DomainSocketAddress(""))).hasToString("?");
    }

    @Test
    void unknownScopesStayNumbers() throws Exception {
        InetAddress ip = Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 123456);
        assertThat(Address.inet(ip, 0)).hasToString("fe80::1%123456");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void comesBackFromNetty(Address address) {
        assertThat(Address.of(address.toNetty())).isEqualTo(address);
    }

    @Test
    void knowsWhatStaysOnThisMachine() {
        assertThat(addresses().filter(address -> !address.isLocal())).map(Address::toString)
                .containsExactly("192.168.0.1:3306");
    }

    @Test
    void refusesUnresolvedNames() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("db", 1);
        assertThatThrownBy(() -> Address.of(unresolved)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<Address> addresses() {
        return Stream.of(new Address.UnixPath("/run/x"), new Address.UnixPath("rel"), new Address.Abstract("n\0m"),
                Address.inet(InetAddress.ofLiteral("127.9.9.9"), 3306),
                Address.inet(InetAddress.ofLiteral("::1"), 3306),
                Address.inet(InetAddress.ofLiteral("192.168.0.1"), 3306));
    }
}
