package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrPacketTest {

    @Test
    void hasCodeSqlStateAndText() {
        ErrPacket err = ErrPacket.of(1045, "28000", ByteString.of("no"));

        assertThat(Hex.of(Hex.written(to -> err.write(to, true)))).isEqualTo("ff1504" + "233238303030" + "6e6f");
        assertThat(Hex.of(Hex.written(to -> err.write(to, false)))).isEqualTo("ff1504" + "6e6f");
        assertThat(ErrPacket.read(Hex.buffer("ff1504 233238303030 6e6f"))).isEqualTo(err);
    }

    @Test
    void keepsAllOfATextWithoutSqlState() {
        ErrPacket err = ErrPacket.read(Hex.buffer("ff1004 546f6f206d616e79"));

        assertThat(err).isEqualTo(new ErrPacket(1040, Optional.empty(), ByteString.of("Too many")));
        assertThat(Hex.of(Hex.written(to -> err.write(to, true)))).isEqualTo("ff1004" + "234859303030"
                + "546f6f206d616e79");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff1004", "ff1004 23", "ff1004 2331323334"})
    void takesWhatIsTooShortForAnSqlStateAsText(String hex) {
        assertThat(ErrPacket.read(Hex.buffer(hex)).sqlState()).isEmpty();
    }

    @Test
    void takesTextsOfAnyLength() {
        ByteString text = ByteString.of("x".repeat(100_000));

        ErrPacket read = ErrPacket.read(Hex.written(to -> ErrPacket.of(1043, "08S01", text).write(to, true)));

        assertThat(read.message()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "ff10", "001004"})
    void refusesWhatIsCutOrNone(String hex) {
        assertThatThrownBy(() -> ErrPacket.read(Hex.buffer(hex))).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesToMakeAWrongSqlState() {
        ByteString text = ByteString.of("x");

        assertThatThrownBy(() -> ErrPacket.of(1, "123", text)).isInstanceOf(IllegalArgumentException.class);
    }
}
