package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AuthSwitchRequestTest {

    @Test
    void hasAPluginAndData() {
        AuthSwitchRequest request = new AuthSwitchRequest(ByteString.of("ab"), ByteString.of("salt"));

        assertThat(Hex.of(Hex.written(request::write))).isEqualTo("fe" + "616200" + "73616c74");
        assertThat(AuthSwitchRequest.read(Hex.written(request::write))).isEqualTo(request);
    }

    @Test
    void mayHaveNoData() {
        assertThat(AuthSwitchRequest.read(Hex.buffer("fe 6100")).data().isEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> AuthSwitchRequest.read(Hex.buffer("fe"))).isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("older");
        assertThatThrownBy(() -> AuthSwitchRequest.read(Hex.buffer("fe61")))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> AuthSwitchRequest.read(Hex.buffer("006100")))
                .isInstanceOf(MalformedPacketException.class);
    }
}
