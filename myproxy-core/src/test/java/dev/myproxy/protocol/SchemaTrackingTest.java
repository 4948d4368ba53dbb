package dev.myproxy.protocol;

import static dev.myproxy.protocol.TrackedSession.DEFINITION;
import static dev.myproxy.protocol.TrackedSession.EOF;
import static dev.myproxy.protocol.TrackedSession.MODERN;
import static dev.myproxy.protocol.TrackedSession.OK;
import static dev.myproxy.protocol.TrackedSession.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default database is learnt from OK packets, wherever in a response they stand. */
class SchemaTrackingTest {

    private static final Capabilities TRACKING = MODERN.with(Capability.SESSION_TRACK);
    private static final String QUERY = "03 78";
    private static final String CHANGES = "07 01 05 04 73686f70";
    /** OK, autocommit, state changed, no text. */
    private static final String OK_SHOP = "00 00 00 0240 0000 00" + CHANGES;

    private final List<String> told = new ArrayList<>();
    private ResponseTracker tracker = new ResponseTracker(TRACKING, ResponseObserver.NONE);
    private ResponseScanner responses = new ResponseScanner(tracker);

    private void begin(Capabilities capabilities) {
        told.clear();
        tracker = new ResponseTracker(capabilities, new ResponseObserver() {
            @Override
            public void schema(byte[] name, int length) {
                told.add(new String(name, 0, length, StandardCharsets.UTF_8));
            }

            @Override
            public void completed(Command command, boolean failed, int errorCode, int status, long affectedRows,
                    int warnings) {
                told.add(command.name());
            }
        });
        responses = new ResponseScanner(tracker);
        new CommandScanner(tracker, EnumSet.noneOf(Command.class)).scan(packet(0, QUERY));
    }

    private void answer(String... payloads) {
        for (int i = 0; i < payloads.length; i++) {
            responses.scan(packet(i + 1, payloads[i]));
        }
    }

    @Test
    void okOfAStatement() {
        begin(TRACKING);

        answer(OK_SHOP);

        assertThat(told).containsExactly("shop", "QUERY");
    }

    @Test
    void endOfAResult() {
        begin(TRACKING);

        answer("01", DEFINITION, "01 31", "fe" + OK_SHOP.substring(2));

        assertThat(told).containsExactly("shop", "QUERY");
    }

    @Test
    void eachOfSeveralResults() {
        begin(TRACKING);

        answer("00 00 00 0a40 0000 00 04 01 02 01 61", "01", DEFINITION, "01 31",
                "fe 00 00 0a40 0000 00 04 01 02 01 62",
                "00 00 00 0240 0000 00 04 01 02 01 63");

        assertThat(told).containsExactly("a", "b", "c", "QUERY");
    }

    @Test
    void wherePacketsAreCut() {
        byte[] text = new byte[300];
        ByteBuf payload = Unpooled.buffer().writeBytes(Hex.bytes("00 fc1234 fe1122334455667788 0240 0000 fc2c01"))
                .writeBytes(text).writeBytes(Hex.bytes(CHANGES));
        ByteBuf all = Unpooled.buffer().writeMediumLE(payload.readableBytes()).writeByte(1).writeBytes(payload);
        for (int piece = 1; piece <= all.readableBytes(); piece++) {
            begin(TRACKING);
            for (int at = 0; at < all.readableBytes(); at += piece) {
                responses.scan(all.slice(at, Math.min(piece, all.readableBytes() - at)));
            }
            assertThat(told).as("pieces of %d bytes", piece).containsExactly("shop", "QUERY");
        }
    }

    @Test
    void nothingIsReadWithoutTheCapability() {
        begin(MODERN);

        answer(OK_SHOP);

        assertThat(told).containsExactly("QUERY");
    }

    @Test
    void nothingIsReadWithoutTheFlag() {
        begin(TRACKING);

        answer("00 00 00 0200 0000 00" + CHANGES);

        assertThat(told).containsExactly("QUERY");
    }

    @Test
    void classicEndsHaveNoRoomForChanges() {
        begin(TRACKING.without(Capability.DEPRECATE_EOF));

        answer("01", DEFINITION, EOF, "01 31", "fe 0000 0240");

        assertThat(told).containsExactly("QUERY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 0240 0000", "00 00 00 0240 0000 00", "00 00 00 0240 0000 00 08 01 05 04 73686f70",
            "00 00 00 0240 0000 00 07 01 06 05 73686f70", "00 00 00 0240 0000 ff", "00 00 00 0240 0000 00 ff"})
    void packetThatTellsNonsenseIsAnOkAllTheSame(String ok) {
        begin(TRACKING);

        answer(ok);

        assertThat(told).containsExactly("QUERY");
        assertThat(tracker.idle()).isTrue();
    }

    @Test
    void rowsThatLookLikeAnOkAreRows() {
        begin(TRACKING);

        answer("01", DEFINITION, OK_SHOP, OK, "fe 00 00 0200 0000");

        assertThat(told).containsExactly("QUERY");
    }

    @Test
    void loginTellsItToo() {
        begin(TRACKING);

        tracker.loggedIn(new OkPacket(0, 0, 0x4003, 0, ByteString.EMPTY,
                Optional.of(ByteString.copyOf(Hex.bytes(CHANGES.substring(3))))));

        assertThat(told).containsExactly("shop");
        assertThat(tracker.inTransaction()).isTrue();
    }
}
