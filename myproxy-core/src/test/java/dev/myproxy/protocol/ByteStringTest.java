package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class ByteStringTest {

    @Test
    void holdsBytesThatNobodyCanChange() {
        byte[] bytes = {1, 2, 3};
        ByteString string = ByteString.copyOf(bytes);

        bytes[0] = 9;
        string.toByteArray()[1] = 9;

        assertThat(string.toByteArray()).containsExactly(1, 2, 3);
        assertThat(string.byteAt(2)).isEqualTo((byte) 3);
        assertThat(string.length()).isEqualTo(3);
    }

    @Test
    void copiesParts() {
        assertThat(ByteString.copyOf(new byte[]{1, 2, 3}, 1, 2).toByteArray()).containsExactly(2);
        assertThat(ByteString.copyOf(new byte[]{1, 2, 3}, 1, 1)).isSameAs(ByteString.EMPTY);
    }

    @Test
    void readsFromAndWritesToBuffers() {
        ByteBuf buffer = Hex.buffer("616263");

        assertThat(ByteString.read(buffer, 2)).isEqualTo(ByteString.of("ab"));
        assertThat(buffer.readableBytes()).isEqualTo(1);
        assertThat(ByteString.read(buffer, 0).isEmpty()).isTrue();
        assertThat(Hex.of(Hex.written(ByteString.of("ä")::writeTo))).isEqualTo("c3a4");
    }

    @Test
    void isEqualByItsBytes() {
        assertThat(ByteString.of("x")).isEqualTo(ByteString.of("x")).hasSameHashCodeAs(ByteString.of("x"))
                .isNotEqualTo(ByteString.of("y"));
        assertThat(ByteString.of("")).isSameAs(ByteString.EMPTY);
    }

    @Test
    void comparesBytesUnsigned() {
        ByteString high = ByteString.copyOf(new byte[]{(byte) 0x80});

        assertThat(high).isGreaterThan(ByteString.of("z"));
        assertThat(ByteString.of("a")).isLessThan(ByteString.of("aa"));
    }

    @Test
    void endsAtTheFirstNul() {
        assertThat(ByteString.of("ab\0c\0").untilNul()).isEqualTo(ByteString.of("ab"));
        assertThat(ByteString.of("\0").untilNul().isEmpty()).isTrue();
        assertThat(ByteString.of("abc").untilNul()).isEqualTo(ByteString.of("abc"));
    }

    @Test
    void readsAsTextOrAsQuotedText() {
        ByteString string = ByteString.copyOf(Hex.bytes("61 ff"));

        assertThat(string.utf8()).isEqualTo("a\ufffd");
        assertThat(string).hasToString("\"a\\xff\"");
    }

    @Test
    void isFollowedByOthersByteByByte() {
        ByteString odd = ByteString.copyOf(new byte[]{(byte) 0xff, 0, '\''});

        assertThat(ByteString.of("a").followedBy(odd, ByteString.EMPTY, ByteString.of("b")).toByteArray())
                .containsExactly('a', 0xff, 0, '\'', 'b');
        assertThat(ByteString.EMPTY.followedBy()).isEqualTo(ByteString.EMPTY);
    }
}
