package dev.myproxy.protocol;

import static dev.myproxy.protocol.TrackedSession.CLASSIC;
import static dev.myproxy.protocol.TrackedSession.DEFINITION;
import static dev.myproxy.protocol.TrackedSession.EOF;
import static dev.myproxy.protocol.TrackedSession.MODERN;
import static dev.myproxy.protocol.TrackedSession.OK;
import static dev.myproxy.protocol.TrackedSession.OK_EOF;
import static dev.myproxy.protocol.TrackedSession.PING;
import static dev.myproxy.protocol.TrackedSession.SELECT;
import static dev.myproxy.protocol.TrackedSession.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseScannerTest {

    private final TrackedSession session = new TrackedSession(CLASSIC);
    private final ResponseScanner scanner = session.responses;

    private static ByteBuf result() {
        return Unpooled.wrappedBuffer(packet(1, "01"), packet(2, DEFINITION), packet(3, EOF), packet(4, "fb"),
                packet(5, EOF), packet(1, OK));
    }

    private static ByteBuf full(int sequenceId, int first) {
        byte[] payload = new byte[0xffffff];
        payload[0] = (byte) first;
        return Unpooled.wrappedBuffer(Unpooled.buffer().writeMediumLE(0xffffff).writeByte(sequenceId),
                Unpooled.wrappedBuffer(payload));
    }

    @Test
    void findsPacketsThatCameTogether() {
        session.client(0, SELECT).client(0, PING);
        ByteBuf all = result();

        scanner.scan(all);

        assertThat(all.readerIndex()).isZero();
        assertThat(scanner.forwardableBytes()).isEqualTo(all.readableBytes());
        session.isIdle();
    }

    @Test
    void findsPacketsWhereverABufferEnds() {
        ByteBuf all = result();
        for (int cut = 0; cut <= all.readableBytes(); cut++) {
            TrackedSession split = new TrackedSession(CLASSIC).client(0, SELECT).client(0, PING);

            split.responses.scan(all.slice(0, cut));
            split.responses.scan(all.slice(cut, all.readableBytes() - cut));

            split.isIdle();
            assertThat(split.ended).hasSize(2);
        }
    }

    @Test
    void knowsWhetherItIsBetweenPackets() {
        session.client(0, PING);
        ByteBuf ok = packet(1, OK);

        for (int i = 0; i < ok.readableBytes(); i++) {
            assertThat(scanner.betweenPackets()).isEqualTo(i == 0);
            scanner.scan(ok.slice(i, 1));
        }

        assertThat(scanner.betweenPackets()).isTrue();
    }

    @Test
    void knowsHowManyBytesAreMissingUntilAPacketEnds() {
        session.client(0, SELECT);
        scanner.scan(Unpooled.wrappedBuffer(packet(1, "01"), packet(2, DEFINITION), packet(3, EOF), packet(4, "fb")));
        assertThat(scanner.missingBytes()).isZero();
        ByteBuf big = full(5, 0xfb);
        scanner.scan(big.readSlice(1));
        assertThat(scanner.missingBytes()).isEqualTo(3);
        scanner.scan(big.readSlice(3));
        assertThat(scanner.missingBytes()).isEqualTo(0xffffff);
        scanner.scan(big.readSlice(7));
        assertThat(scanner.missingBytes()).isEqualTo(0xffffff - 7);
        scanner.scan(big);
        assertThat(scanner.missingBytes()).as("the header of the continuation").isEqualTo(4);
        ByteBuf rest = packet(6, "fb");
        scanner.scan(rest.readSlice(4));
        assertThat(scanner.missingBytes()).isEqualTo(1);
        scanner.scan(rest);
        assertThat(scanner.missingBytes()).isZero();
    }

    @Test
    void aResponseIsNotCompleteBeforeItsLastByte() {
        session.client(0, PING);
        ByteBuf ok = packet(1, "00 00 00 0200 0000" + "78".repeat(100));

        scanner.scan(ok.slice(0, ok.readableBytes() - 1));
        assertThat(session.tracker.idle()).isFalse();
        assertThat(session.ended).isEmpty();

        scanner.scan(ok.slice(ok.readableBytes() - 1, 1));
        session.isIdle();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0xfe, 0x00, 0xfb})
    void continuationsAreNotInterpreted(int first) {
        session.client(0, SELECT).server(1, "01", DEFINITION, EOF);

        scanner.scan(full(4, 0x41));
        assertThat(scanner.betweenPackets()).isFalse();
        scanner.scan(Unpooled.buffer().writeMediumLE(5).writeByte(5).writeByte(first).writeZero(4));

        session.isBusy(6).server(6, EOF).isIdle();
    }

    @Test
    void aRowOfTheExactMaximumEndsWithAnEmptyPacket() {
        session.client(0, SELECT).server(1, "01", DEFINITION, EOF);

        scanner.scan(Unpooled.wrappedBuffer(full(4, 0xfd), packet(5, ""), packet(6, EOF)));

        session.isIdle();
    }

    @Test
    void aFullPacketThatBeginsLikeAnEndIsARow() {
        TrackedSession modern = new TrackedSession(MODERN).client(0, SELECT).server(1, "01", DEFINITION);

        modern.responses.scan(Unpooled.wrappedBuffer(full(3, 0xfe), packet(4, "fe00"), packet(5, OK_EOF)));

        modern.isIdle();
    }

    @Test
    void tellsHowFarABrokenStreamWasGood() {
        session.client(0, SELECT).client(0, PING);
        ByteBuf all = Unpooled.wrappedBuffer(packet(1, OK), packet(1, "09"));

        assertThatThrownBy(() -> scanner.scan(all)).isInstanceOf(MalformedPacketException.class);

        assertThat(scanner.forwardableBytes()).isEqualTo(packet(1, OK).readableBytes());
        assertThat(scanner.betweenPackets()).isTrue();
        session.isBusy(1);
    }

    @Test
    void nothingOfOursFitsIntoAPacketThatTurnsOutBroken() {
        session.client(0, PING);
        ByteBuf broken = packet(1, "0900");
        scanner.scan(broken.slice(0, 4));

        assertThatThrownBy(() -> scanner.scan(broken.slice(4, 2))).isInstanceOf(MalformedPacketException.class);

        assertThat(scanner.forwardableBytes()).isZero();
        assertThat(scanner.betweenPackets()).isFalse();
    }

    @Test
    void anErrInPlaceOfABrokenPacketHasThatPacketsSequenceId() {
        session.client(0, SELECT).server(1, "01", DEFINITION);

        assertThatThrownBy(() -> session.server(3, "00")).isInstanceOf(MalformedPacketException.class);

        session.isBusy(3);
    }

    @Test
    void claimedLengthsCostNothing() {
        session.client(0, SELECT);

        scanner.scan(Hex.buffer("ffffff01 ff 2804 41"));

        assertThat(session.tracker.idle()).isFalse();
        assertThat(scanner.betweenPackets()).isFalse();
    }
}
