package dev.myproxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlDatagramTest {

    private final ControlDatagram datagram = new ControlDatagram();

    private String hex() {
        return HexFormat.of().formatHex(datagram.toBytes().toByteArray());
    }

    @Test
    void withoutCommandsThereIsTheMagic() {
        assertThat(hex()).isEqualTo("63046101");
    }

    @Test
    void aCommandHasLengthCodeAndPayload() {
        assertThat(datagram.add(ControlCommand.DISCONNECT_DATABASE, ByteString.of("acct"))).isTrue();

        assertThat(hex()).isEqualTo("63046101" + "0004" + "0014" + "61636374");
    }

    @Test
    void payloadsArePaddedToWholeWords() {
        for (String payload : List.of("", "a", "ab", "abc")) {
            datagram.add(ControlCommand.FADE_CHILDREN, ByteString.of(payload));
        }

        assertThat(hex()).isEqualTo("63046101" + "00000008" + "0001000861000000" + "0002000861620000"
                + "0003000861626300");
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        assertThat(datagram.add(ControlCommand.FADE_CHILDREN, ByteString.copyOf(new byte[65_536]))).isFalse();
        assertThat(datagram.add(ControlCommand.FADE_CHILDREN, ByteString.copyOf(new byte[65_500]))).isFalse();
        assertThat(hex()).isEqualTo("63046101");
        assertThat(datagram.add(ControlCommand.FADE_CHILDREN, ByteString.copyOf(new byte[65_496]))).isTrue();
        assertThat(datagram.add(ControlCommand.FADE_CHILDREN, ByteString.EMPTY)).isFalse();
        assertThat(datagram.toBytes().length()).isEqualTo(65_504);
    }

    @Test
    void codesAreThoseOfTheProtocol() {
        assertThat(Arrays.stream(ControlCommand.values()).map(ControlCommand::code))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 26).boxed().toList());
        assertThat(ControlCommand.DISCONNECT_DATABASE.code()).isEqualTo(20);
        assertThat(ControlCommand.of(25)).contains(ControlCommand.CANCEL_JOB);
        assertThat(ControlCommand.of(27)).isEmpty();
    }
}
