package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EofPacketTest {

    private static final Capabilities MODERN = Capabilities.of(Capability.PROTOCOL_41);

    @Test
    void hasWarningsAndStatus() {
        EofPacket eof = new EofPacket(1, 0x22);

        assertThat(Hex.of(Hex.written(to -> eof.write(to, MODERN)))).isEqualTo("fe01002200");
        assertThat(EofPacket.read(Hex.buffer("fe01002200"), MODERN)).isEqualTo(eof);
    }

    @Test
    void isBareInTheOldProtocol() {
        assertThat(EofPacket.read(Hex.buffer("fe"), Capabilities.NONE)).isEqualTo(new EofPacket(0, 0));
        assertThat(Hex.of(Hex.written(to -> new EofPacket(1, 2).write(to, Capabilities.NONE)))).isEqualTo("fe");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> EofPacket.read(Hex.buffer("fe010022"), MODERN))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> EofPacket.read(Hex.buffer("fe0100220000"), MODERN))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> EofPacket.read(Hex.buffer("0001002200"), MODERN))
                .isInstanceOf(MalformedPacketException.class);
    }
}
