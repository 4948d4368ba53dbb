package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AuthMoreDataTest {

    @Test
    void isAMarkAndData() {
        AuthMoreData more = new AuthMoreData(ByteString.of("x"));

        assertThat(Hex.of(Hex.written(more::write))).isEqualTo("0178");
        assertThat(AuthMoreData.read(Hex.buffer("0178"))).isEqualTo(more);
        assertThat(AuthMoreData.read(Hex.buffer("01")).data().isEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> AuthMoreData.read(Hex.buffer("02"))).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> AuthMoreData.read(Hex.buffer(""))).isInstanceOf(MalformedPacketException.class);
    }
}
