package dev.myproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.auth.Safety;
import dev.myproxy.protocol.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, LOOPBACK", "127.9.9.9:3307, LOOPBACK", "::1, LOOPBACK", "10.0.0.1, NETWORK",
            "2001:db8::1, NETWORK", "/run/mysqld/mysqld.sock, UNIX_SOCKET", "@mysql, UNIX_SOCKET"})
    void tellsWhoCanListen(String address, Safety safety) throws Exception {
        assertThat(Exposure.of(AddressParser.parseNumeric(ByteString.of(address), 3306, Purpose.CONNECT)))
                .isEqualTo(safety);
    }
}
