package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    private static ByteBuf payload(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"03 0001 444f2031, 0001", "03 010100 01 fd00016b 0376616c 444f2031, 01010001fd00016b0376616c"})
    void attributesStayBeforeAnotherText(String hex, String attributes) {
        Statement statement = Statement.read(payload(hex.replace(" ", "")), true);
        ByteBuf written = Unpooled.buffer();
        statement.withSql(ByteString.of("\0new")).write(written);

        assertThat(statement.sql()).isEqualTo(ByteString.of("DO 1"));
        assertThat(ByteBufUtil.hexDump(written)).isEqualTo(attributes + "006e6577");
    }

    @Test
    void whereThereAreNoneEverythingIsText() {
        assertThat(Statement.read(payload("030001"), false))
                .isEqualTo(new Statement(ByteString.EMPTY, ByteString.of("\0\1")));
        assertThat(Statement.read(payload("03"), false).sql()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void attributesThatAreNotClearAreMalformed() {
        assertThatThrownBy(() -> Statement.read(payload("03"), true)).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Statement.read(payload("0353454c45"), true))
                .isInstanceOf(MalformedPacketException.class);
    }
}
