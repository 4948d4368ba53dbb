package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkPacketTest {

    private static final Capabilities PLAIN = Capabilities.of(Capability.PROTOCOL_41, Capability.TRANSACTIONS);
    private static final Capabilities TRACKING = PLAIN.with(Capability.SESSION_TRACK);

    @Test
    void readsTheTextToTheEndOfThePacket() {
        assertThat(OkPacket.read(Hex.buffer("00 01 fc0001 0200 0300 616263"), PLAIN))
                .isEqualTo(new OkPacket(1, 256, 2, 3, ByteString.of("abc"), Optional.empty()));
    }

    @Test
    void readsTextAndSessionStateOfTrackedSessions() {
        assertThat(OkPacket.read(Hex.buffer("00 00 00 0240 0000 01 78 03 050954"), TRACKING))
                .isEqualTo(new OkPacket(0, 0, 0x4002, 0, ByteString.of("x"),
                        Optional.of(ByteString.copyOf(Hex.bytes("050954")))));
    }

    @Test
    void trackedSessionsMayLackTheText() {
        OkPacket expected = new OkPacket(0, 0, 0x4002, 0, ByteString.EMPTY, Optional.empty());

        assertThat(OkPacket.read(Hex.buffer("00 00 00 0240 0000"), TRACKING)).isEqualTo(expected);
        assertThat(OkPacket.read(Hex.buffer("00 00 00 0240 0000 00"), TRACKING)).isEqualTo(expected);
    }

    @Test
    void readsTheFormThatEndsResults() {
        assertThat(OkPacket.read(Hex.buffer("fe 00 00 0200 0000"), TRACKING)).isEqualTo(OkPacket.of(2));
    }

    @Test
    void oldClientsHaveLessFields() {
        assertThat(OkPacket.read(Hex.buffer("00 01 02"), Capabilities.NONE))
                .isEqualTo(new OkPacket(1, 2, 0, 0, ByteString.EMPTY, Optional.empty()));
        assertThat(OkPacket.read(Hex.buffer("00 01 02 0300"), Capabilities.of(Capability.TRANSACTIONS)).status())
                .isEqualTo(3);

        OkPacket ok = new OkPacket(1, 2, 3, 4, ByteString.of("x"), Optional.empty());
        assertThat(Hex.of(Hex.written(to -> ok.write(to, Capabilities.NONE)))).isEqualTo("00010278");
        assertThat(Hex.of(Hex.written(to -> ok.write(to, Capabilities.of(Capability.TRANSACTIONS)))))
                .isEqualTo("000102030078");
    }

    @Test
    void writesAsTheClientNegotiated() {
        OkPacket ok = new OkPacket(1, 2, 2, 3, ByteString.of("abc"), Optional.of(ByteString.of("ST")));

        assertThat(Hex.of(Hex.written(to -> ok.write(to, TRACKING)))).isEqualTo("000102" + "0240" + "0300"
                + "03616263" + "025354");
        assertThat(Hex.of(Hex.written(to -> ok.write(to, PLAIN)))).isEqualTo("000102" + "0200" + "0300" + "616263");
    }

    @Test
    void claimsNoStateThatItDoesNotSend() {
        OkPacket ok = new OkPacket(0, 0, 0x4002, 0, ByteString.EMPTY, Optional.empty());

        assertThat(Hex.of(Hex.written(to -> ok.write(to, TRACKING)))).isEqualTo("00000002000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "00", "0000", "000000", "00000002", "000000020000", "0000000200000005",
            "000000024000000003", "00fb0002000000"})
    void refusesWhatIsCutOrNone(String hex) {
        assertThatThrownBy(() -> OkPacket.read(Hex.buffer(hex), TRACKING))
                .isInstanceOf(MalformedPacketException.class);
    }
}
