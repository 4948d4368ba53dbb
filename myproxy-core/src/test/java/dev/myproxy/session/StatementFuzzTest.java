package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.peers.Hostile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** A statement is found or refused, and written as it came. The first bit of an input says whether it has attributes. */
class StatementFuzzTest {

    @FuzzTest
    void statement(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Hostile.read(input.length, () -> Statement.read(Unpooled.wrappedBuffer(input).skipBytes(1),
                (input[0] & 1) != 0)).ifPresent(statement -> {
                    ByteBuf written = Unpooled.buffer();
                    statement.write(written);
                    byte[] argument = Arrays.copyOfRange(input, 2, input.length);
                    assertThat(written).isEqualTo(Unpooled.wrappedBuffer(argument));
                    assertThat(statement.sql().length()).isLessThanOrEqualTo(argument.length);
                });
    }
}
