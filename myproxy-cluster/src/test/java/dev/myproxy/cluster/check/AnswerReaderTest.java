package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private static final byte[] EOF = {(byte) 0xfe, 0, 0, 2, 0};

    private final AnswerReader reader = new AnswerReader();

    @Test
    void readsRowsAndNulls() {
        feed((byte) 2);
        feed(ServerConnection.definition("First"));
        feed(ServerConnection.definition("Second"));
        feed(EOF);
        feed(Asked.payload(Asked.row("1", null)));
        feed(Asked.payload(Asked.row("", "x".repeat(70_000))));

        Answer.Rows answer = (Answer.Rows) reader.next(Unpooled.wrappedBuffer(EOF)).orElseThrow();

        assertThat(answer.columns()).containsExactly("First", "Second");
        assertThat(answer.rows()).hasSize(2);
        assertThat(answer.rows().getFirst()).containsExactly(Optional.of(ByteString.of("1")), Optional.empty());
        assertThat(answer.value(answer.rows().getLast(), "no", "SECOND").orElseThrow().length()).isEqualTo(70_000);
        assertThat(answer.value(answer.rows().getLast(), "no")).isEmpty();
    }

    @Test
    void anOkIsAnAnswerWithoutColumns() {
        assertThat(reader.next(Unpooled.wrappedBuffer(new byte[]{0, 0, 0, 2, 0, 0, 0})))
                .contains(new Answer.Rows(List.of(), List.of()));
    }

    @Test
    void aRowMayBeginLikeAnEof() {
        feed((byte) 1);
        feed(ServerConnection.definition("v"));
        feed(EOF);
        feed(new PayloadWriter().u8(0xfe).u64(3).text("abc").toByteArray());

        Answer.Rows answer = (Answer.Rows) reader.next(Unpooled.wrappedBuffer(EOF)).orElseThrow();

        assertThat(answer.rows()).containsExactly(List.of(Optional.of(ByteString.of("abc"))));
    }

    @Test
    void refusesTooMuch() {
        assertThatThrownBy(() -> feed(new PayloadWriter().lenenc(1001).toByteArray()))
                .isInstanceOf(MalformedPacketException.class).hasMessageContaining("too many columns");
        feed((byte) 1);
        feed(ServerConnection.definition("v"));
        feed(EOF);
        assertThatThrownBy(() -> {
            for (int i = 0; i <= AnswerReader.MAX_ROWS; i++) {
                feed(Asked.payload(Asked.row("x")));
            }
        }).isInstanceOf(MalformedPacketException.class).hasMessageContaining("1000 rows");
        assertThatThrownBy(() -> {
            for (int i = 0; i < 5; i++) {
                new AnswerReader().next(Unpooled.EMPTY_BUFFER);
            }
        }).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesManyLargeRows() {
        feed((byte) 1);
        feed(ServerConnection.definition("v"));
        feed(EOF);
        byte[] row = Asked.payload(Asked.row("x".repeat(1 << 19)));
        assertThatThrownBy(() -> {
            for (int i = 0; i < 9; i++) {
                feed(row);
            }
        }).isInstanceOf(MalformedPacketException.class).hasMessageContaining("too large");
    }

    @Test
    void nothingElseIsThrownWhateverComes() {
        Random random = new Random(20);
        int malformed = 0;
        for (int round = 0; round < 20_000; round++) {
            AnswerReader victim = new AnswerReader();
            try {
                boolean done = false;
                for (int packet = 0; packet < 8 && !done; packet++) {
                    byte[] bytes = new byte[random.nextInt(12)];
                    random.nextBytes(bytes);
                    if (bytes.length > 0 && random.nextBoolean()) {
                        bytes[0] = (byte) random.nextInt(3);
                    }
                    done = victim.next(Unpooled.wrappedBuffer(bytes)).isPresent();
                }
            } catch (MalformedPacketException _) {
                malformed++;
            }
        }
        assertThat(malformed).isPositive();
    }

    private void feed(byte... payload) {
        assertThat(reader.next(Unpooled.wrappedBuffer(payload))).isEmpty();
    }
}
