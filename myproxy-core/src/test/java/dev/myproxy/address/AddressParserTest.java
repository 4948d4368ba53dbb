package dev.myproxy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.protocol.ByteString;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:3306", "127.0.0.1:0, 127.0.0.1", "127.0.0.1:65535, 127.0.0.1:65535",
            "127.1:5, 127.0.0.1:5", "::1, [::1]:3306", "::, [::]:3306", "fe80::1:2, [fe80::1:2]:3306",
            "[::1], [::1]:3306",
            "[::1]:7, [::1]:7", "[10.0.0.1]:7, 10.0.0.1:7", "::ffff:10.1.2.3, 10.1.2.3:3306",
            "[2001:DB8:0:0:0:0:0:1]:1, [2001:db8::1]:1", "/run/mysqld.sock, /run/mysqld.sock", "/, /", "@a:b, @a:b",
            "@, @"})
    void readsNumericAddresses(String text, String expected) throws Exception {
        assertThat(AddressParser.parseNumeric(ByteString.of(text), 3306, Purpose.CONNECT)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|Failed to extract host name", "_x|Failed to extract host name",
            ":3306|Failed to extract host name", "[]|Failed to extract host name", "[::1|Failed to extract host name",
            "foo_bar|Garbage after host name", "[::1]x|Garbage after host name", "'::1 '|Garbage after host name",
            "::1%lo/|Garbage after host name", "fe80::1%nosuchif|No such interface: nosuchif",
            "[fe80::1%]:1|'No such interface: '",
            "localhost|Failed to resolve \"localhost\":\"3306\": Name or service not known",
            "db:99|Failed to resolve \"db\":\"99\": Name or service not known",
            "a:b:c|Failed to resolve \"a:b:c\":\"3306\": Name or service not known",
            "[a\"b]:1|Failed to resolve \"a\\\"b\":\"1\": Name or service not known",
            "::ffff:1.2.3.4%1|Failed to resolve \"::ffff:1.2.3.4%1\":\"3306\": Name or service not known",
            "127.0.0.1:65536|Failed to resolve \"127.0.0.1\":\"65536\": Port number is greater than 65535",
            "127.0.0.1:99999999999999999999|Failed to resolve \"127.0.0.1\":\"99999999999999999999\": Port number is greater than 65535",
            "127.0.0.1:|Failed to resolve \"127.0.0.1\":\"\": Port is empty",
            "127.0.0.1:-1|Failed to resolve \"127.0.0.1\":\"-1\": Servname not supported for ai_socktype",
            "127.0.0.1:nosuchservice|Failed to resolve \"127.0.0.1\":\"nosuchservice\": Servname not supported for ai_socktype"})
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> AddressParser.parseNumeric(ByteString.of(text), 3306, Purpose.CONNECT))
                .isInstanceOf(AddressException.class).hasMessage(message);
    }

    @Test
    void limitsHostNames() throws Exception {
        assertThat(AddressParser.parse(ByteString.of("h".repeat(255)), 1, Purpose.CONNECT))
                .isEqualTo(new ParsedAddress.Named("h".repeat(255), "1", 1));
        assertThatThrownBy(() -> AddressParser.parse(ByteString.of("h".repeat(256)), 1, Purpose.CONNECT))
                .hasMessage("Host name too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "@"})
    void limitsUnixPaths(String first) throws Exception {
        ByteString longest = ByteString.of(first + "ä" + "x".repeat(104));
        assertThat(AddressParser.parseNumeric(longest, 1, Purpose.CONNECT)).hasToString(longest.utf8());
        assertThatThrownBy(
                () -> AddressParser.parseNumeric(ByteString.of(longest.utf8() + "x"), 1, Purpose.CONNECT))
                .hasMessage("Socket path too long: 108 bytes, but at most 107 are possible");
    }

    @Test
    void refusesPathsThatNoFileCanHave() {
        assertThatThrownBy(() -> AddressParser.parseNumeric(ByteString.of("/a\0b"), 1, Purpose.CONNECT))
                .hasMessage("Socket path contains a NUL byte");
        assertThatThrownBy(() -> AddressParser.parseNumeric(ByteString.copyOf(new byte[]{'/', (byte) 0xff}), 1,
                Purpose.CONNECT)).hasMessage("Socket path is not valid UTF-8");
    }

    @Test
    void abstractNamesMayHoldNul() throws Exception {
        assertThat(AddressParser.parseNumeric(ByteString.of("@a\0b"), 1, Purpose.CONNECT))
                .isEqualTo(new Address.Abstract("a\0b")).hasToString("@a@b");
    }

    @Test
    void leavesNamesToTheResolver() throws Exception {
        assertThat(AddressParser.parse(ByteString.of("db-1.example:3310"), 3306, Purpose.CONNECT))
                .isEqualTo(new ParsedAddress.Named("db-1.example", "3310", 3310));
        assertThat(AddressParser.parse(ByteString.of("[db]"), 3306, Purpose.CONNECT))
                .isEqualTo(new ParsedAddress.Named("db", "3306", 3306));
    }

    @Test
    void knowsScopes() throws Exception {
        NetworkInterface loopback = NetworkInterface.networkInterfaces().filter(AddressParserTest::isLoopback)
                .findFirst()
                .orElseThrow();
        String byName = "fe80::1%" + loopback.getName();
        assertThat(AddressParser.parseNumeric(ByteString.of(byName), 3306, Purpose.CONNECT))
                .hasToString("[" + byName + "]:3306");
        assertThat(AddressParser.parseNumeric(ByteString.of("[fe80::1%" + loopback.getIndex() + "]:1"), 3306,
                Purpose.CONNECT)).hasToString("[" + byName + "]:1");
    }

    @Test
    void starIsLoopbackOrEverything() throws Exception {
        Path addresses = Path.of("/proc/net/if_inet6");
        assumeTrue(Files.exists(addresses) && !Files.readString(addresses).isEmpty(), "this machine has no IPv6");
        assertThat(AddressParser.parseNumeric(ByteString.of("*"), 3306, Purpose.CONNECT)).hasToString("[::1]:3306");
        assertThat(AddressParser.parseNumeric(ByteString.of("*:3307"), 3306, Purpose.LISTEN)).hasToString("[::]:3307");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:3307, 127.0.0.1:3307", "127.0.0.1, 127.0.0.1:3306", "[::1]:3307, [::1]:3307",
            "::1, [::1]:3306", "/abs, /abs", "@x, @x"})
    void listenersAreAddresses(String text, String expected) throws Exception {
        assertThat(AddressParser.parseListener(ByteString.of(text), 3306))
                .isInstanceOfSatisfying(ParsedAddress.Known.class, k -> assertThat(k.address()).hasToString(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql.sock", "dir/mysql.sock", "1", "127.1", "a:b", "x_y:1", "ä"})
    void orRelativePaths(String text) throws Exception {
        assertThat(AddressParser.parseListener(ByteString.of(text), 3306))
                .isEqualTo(new ParsedAddress.Known(new Address.UnixPath(text)));
    }

    @Test
    void orNames() throws Exception {
        assertThat(AddressParser.parseListener(ByteString.of("localhost:3307"), 3306))
                .isEqualTo(new ParsedAddress.Named("localhost", "3307", 3307));
        assertThatThrownBy(() -> AddressParser.parseListener(ByteString.of("127.0.0.1:70000"), 3306))
                .hasMessageContaining("greater than 65535");
        assertThatThrownBy(() -> AddressParser.parseListener(ByteString.EMPTY, 3306))
                .hasMessage("Socket path is empty");
    }

    private static boolean isLoopback(NetworkInterface networkInterface) {
        try {
            return networkInterface.isLoopback();
        } catch (java.net.SocketException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
