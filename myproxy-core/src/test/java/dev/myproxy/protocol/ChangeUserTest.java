package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeUserTest {

    private static final Capabilities ALL = Capabilities.of(Capability.PROTOCOL_41, Capability.SECURE_CONNECTION,
            Capability.PLUGIN_AUTH, Capability.CONNECT_ATTRS);
    private static final String COMPLETE = "\21joe\0\3pw\0shop\0\377\1mysql_clear_password\0\4\1a\1b";

    @Test
    void completePacketIsRead() {
        ChangeUser request = read(COMPLETE);

        assertThat(request.user()).isEqualTo(ByteString.of("joe"));
        assertThat(request.answer().bytes()).isEqualTo(new byte[]{'p', 'w', 0});
        assertThat(request.database()).contains(ByteString.of("shop"));
        assertThat(request.charset()).contains(0x1ff);
        assertThat(request.plugin()).isEqualTo(ByteString.of("mysql_clear_password"));
        assertThat(request.attributes()).contains(ByteString.of("\1a\1b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\21joe\0\0\0", "\21joe\0\0"})
    void oldClientsLeaveFieldsOut(String payload) {
        ChangeUser request = read(payload);

        assertThat(request.answer().isEmpty()).isTrue();
        assertThat(request.database()).isEmpty();
        assertThat(request.charset()).isEqualTo(Optional.empty());
        assertThat(request.plugin()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void answerEndsWithNulWhereItIsNotCounted() {
        ByteBuf payload = Unpooled.copiedBuffer("\21joe\0pw\0shop\0", StandardCharsets.ISO_8859_1);

        ChangeUser request = ChangeUser.read(payload, Capabilities.of(Capability.PROTOCOL_41));

        assertThat(request.answer().bytes()).isEqualTo(new byte[]{'p', 'w', 0});
        assertThat(request.database()).contains(ByteString.of("shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\21", "\21joe", "\21joe\0", "\21joe\0\5pw", "\21joe\0\0shop", "\21joe\0\0\0\1",
            "\21joe\0\0\0\1\1name", "\21joe\0\0\0\1\1name\0\7"})
    void truncatedPacketIsMalformed(String payload) {
        assertThatThrownBy(() -> read(payload)).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPLETE, "\21joe\0\0\0\41\0\0\0", "\21\0\0\0\0\0plugin\0\0"})
    void isWrittenAsItIsRead(String payload) {
        ByteBuf written = Unpooled.buffer();

        read(payload).write(written, ALL);

        assertThat(written.toString(StandardCharsets.ISO_8859_1)).isEqualTo(payload);
    }

    @Test
    void whatTheServerDoesNotKnowIsLeftOut() {
        ByteBuf written = Unpooled.buffer();

        read(COMPLETE).write(written, Capabilities.of(Capability.PROTOCOL_41, Capability.SECURE_CONNECTION));

        assertThat(written.toString(StandardCharsets.ISO_8859_1)).isEqualTo("\21joe\0\3pw\0shop\0\377\1");
    }

    @Test
    void absentCharsetIsTheServersOwn() {
        ByteBuf written = Unpooled.buffer();

        read("\21joe\0\0\0").write(written, ALL);

        assertThat(written.toString(StandardCharsets.ISO_8859_1)).isEqualTo("\21joe\0\0\0\0\0\0\0");
    }

    @Test
    void answerThatIsTooLongIsNotWritten() {
        ChangeUser request = new ChangeUser(ByteString.EMPTY, AuthAnswer.wrap(new byte[256]), Optional.empty(),
                Optional.empty(), ByteString.EMPTY, Optional.empty());

        assertThatThrownBy(() -> request.write(Unpooled.buffer(), ALL)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ChangeUser read(String payload) {
        return ChangeUser.read(Unpooled.copiedBuffer(payload, StandardCharsets.ISO_8859_1), ALL);
    }
}
