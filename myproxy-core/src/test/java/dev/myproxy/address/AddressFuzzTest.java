package dev.myproxy.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.protocol.ByteString;

/** A text is an address, a name or neither; an address without a name reads as itself when it is shown and read again. */
class AddressFuzzTest {

    private static final int PORT = 3306;

    @FuzzTest
    void address(byte[] input) {
        ByteString text = ByteString.copyOf(input);
        for (Purpose purpose : Purpose.values()) {
            try {
                check(AddressParser.parse(text, PORT, purpose), purpose);
            } catch (AddressException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @FuzzTest
    void listener(byte[] input) {
        try {
            AddressParser.parseListener(ByteString.copyOf(input), PORT);
        } catch (AddressException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void check(ParsedAddress parsed, Purpose purpose) throws AddressException {
        switch (parsed) {
            case ParsedAddress.Known(Address.Inet inet) when inet.socket().getPort() != 0 -> {
                ByteString shown = ByteString.of(inet.toString());
                assertThat(AddressParser.parse(shown, 1, purpose)).isEqualTo(parsed);
            }
            case ParsedAddress.Known _ -> {
            }
            case ParsedAddress.Named named -> assertThat(named.port()).isBetween(0, 0xffff);
        }
    }
}
