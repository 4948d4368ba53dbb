package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenencTest {

    @ParameterizedTest
    @CsvSource({"0, 00", "250, fa", "251, fcfb00", "65535, fcffff", "65536, fd000001", "16777215, fdffffff",
            "16777216, fe0000000100000000", "-1, feffffffffffffffff"})
    void writesTheShortestFormAndReadsItBack(long value, String hex) {
        ByteBuf written = Hex.written(to -> Lenenc.write(to, value));

        assertThat(Hex.of(written)).isEqualTo(hex);
        assertThat(Lenenc.read(written)).isEqualTo(value);
        assertThat(written.isReadable()).isFalse();
    }

    @Test
    void readsLongerFormsThanNeeded() {
        assertThat(Lenenc.read(Hex.buffer("fd 05 00 00"))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fb", "ff", "fc", "fc01", "fd0102", "fe01020304050607"})
    void refusesWhatIsNoInteger(String hex) {
        assertThatThrownBy(() -> Lenenc.read(Hex.buffer(hex))).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void readsStrings() {
        ByteBuf buffer = Hex.buffer("03 616263 ff");

        assertThat(Lenenc.readString(buffer)).isEqualTo(ByteString.of("abc"));
        assertThat(buffer.readableBytes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04616263", "fdffffff00", "feffffffffffffffff00", "fe000000000000008000"})
    void refusesLengthsBeyondTheBuffer(String hex) {
        assertThatThrownBy(() -> Lenenc.readString(Hex.buffer(hex))).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void writesStrings() {
        assertThat(Hex.of(Hex.written(to -> Lenenc.writeString(to, ByteString.of("ab"))))).isEqualTo("026162");
    }
}
