package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.protocol.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTest {

    /** Values of the C++ myproxy. */
    @ParameterizedTest
    @CsvSource({"192.168.0.2, '', 5520589749041301446", "192.168.0.2, joe, 11918753372347785946",
            "192.168.0.3, joe, 310458674367989233", "::1, joe, 7852724576181983381",
            "/run/mysql.sock, joe, 16035083290544343747", "@server4, joe, 2492965978603278823"})
    void hashesAsItAlwaysDid(String address, String account, String expected) throws Exception {
        assertThat(Long.toUnsignedString(node(address).hash(ByteString.of(account)))).isEqualTo(expected);
    }

    @Test
    void thePortIsNotPartOfTheHashButBreaksTies() throws Exception {
        ByteString account = ByteString.of("joe");
        Node one = node("192.168.0.2:3306");
        Node other = node("192.168.0.2:3307");
        assertThat(one.hash(account)).isEqualTo(other.hash(account));
        assertThat(one.hashWithPort(account)).isNotEqualTo(other.hashWithPort(account));
    }

    @Test
    void theScopeIsNotPartOfTheHash() throws Exception {
        assertThat(node("fe80::1%1").hash(ByteString.EMPTY)).isEqualTo(node("fe80::1").hash(ByteString.EMPTY));
    }

    private static Node node(String address) throws Exception {
        return new Node(AddressParser.parseNumeric(ByteString.of(address), 3306, Purpose.CONNECT));
    }
}
