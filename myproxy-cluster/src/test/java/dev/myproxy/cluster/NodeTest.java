package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTest {

    /** Values of the C++ myproxy. */
    @ParameterizedTest
    @CsvSource({"192.168.0.2, '', 5520589749041301446", "192.168.0.2, joe, 11918753372347785946",
            "192.168.0.3, joe, 310458674367989233", "::1, joe, 7852724576181983381",
            "/run/mysql.sock, joe, 16035083290544343747", "@server4, joe, 2492965978603278823"})
    void hashesAsItAlwaysDid(String address, String account, String expected) {
        assertThat(Long.toUnsignedString(hash(address, account))).isEqualTo(expected);
    }

    @Test
    void thePortIsNotPartOfTheHashButBreaksTies() {
        assertThat(hash("192.168.0.2:3306", "joe")).isEqualTo(hash("192.168.0.2:3307", "joe"));
        assertThat(hashWithPort("192.168.0.2:3306", "joe")).isNotEqualTo(hashWithPort("192.168.0.2:3307", "joe"));
    }

    @Test
    void theScopeIsNotPartOfTheHash() {
        assertThat(hash("fe80::1%1", "")).isEqualTo(hash("fe80::1", ""));
    }

    @Test
    void longAccountsCountToTheirLastByte() {
        String account = "a".repeat(300);
        assertThat(hash("192.168.0.2", account + "b")).isNotEqualTo(hash("192.168.0.2", account + "c"));
    }

    private static long hash(String address, String account) {
        return new Node(TestNodes.address(address)).hash(Node.hash(), account.getBytes(StandardCharsets.UTF_8));
    }

    private static long hashWithPort(String address, String account) {
        return new Node(TestNodes.address(address)).hashWithPort(Node.hash(), account.getBytes(StandardCharsets.UTF_8));
    }
}
