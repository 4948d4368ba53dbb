package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Both scanners around one tracker, fed with packets written as hexadecimal payloads, and a record of what ended. */
final class TrackedSession {

    static final Capabilities CLASSIC = Capabilities.of(Capability.PROTOCOL_41, Capability.TRANSACTIONS,
            Capability.MULTI_RESULTS, Capability.LOCAL_FILES);
    static final Capabilities MODERN = CLASSIC.with(Capability.DEPRECATE_EOF);

    static final String OK = "00 00 00 0200 0000";
    static final String OK_MORE = "00 01 00 0a00 0000";
    static final String EOF = "fe 0000 0200";
    static final String EOF_MORE = "fe 0000 0a00";
    static final String OK_EOF = "fe 00 00 0200 0000";
    static final String OK_EOF_MORE = "fe 00 00 0a00 0000";
    static final String ERR = "ff 2804 23 3432303030 6e6f";
    static final String DEFINITION = "03 646566 00 00 00 01 31 00 0c 3f00 01000000 08 8100 00 0000";
    static final String PING = "0e";
    static final String SELECT = "03 53454c4543542031";

    final ResponseTracker tracker;
    final ResponseScanner responses;
    final CommandScanner commands;
    /** One text per response that ended. */
    final List<String> ended = new ArrayList<>();

    TrackedSession(Capabilities capabilities, Command... intercepted) {
        tracker = new ResponseTracker(capabilities,
                (command, failed, code, status, rows, warnings) -> ended
                        .add(command + (failed ? " failed " + code : " ok " + Integer.toHexString(status)) + " rows="
                                + rows + " warnings=" + warnings));
        responses = new ResponseScanner(tracker);
        EnumSet<Command> set = EnumSet.noneOf(Command.class);
        set.addAll(List.of(intercepted));
        commands = new CommandScanner(tracker, set);
    }

    static ByteBuf packet(int sequenceId, String payload) {
        byte[] bytes = Hex.bytes(payload);
        return Unpooled.buffer().writeMediumLE(bytes.length).writeByte(sequenceId).writeBytes(bytes);
    }

    /** The client sends a packet, all of which passes. */
    TrackedSession client(int sequenceId, String payload) {
        ByteBuf packet = packet(sequenceId, payload);
        assertThat(commands.scan(packet)).as("bytes of %s that pass", payload).isEqualTo(packet.readableBytes());
        assertThat(commands.stop()).isEqualTo(CommandScanner.Stop.END);
        assertThat(commands.betweenPackets()).isTrue();
        return this;
    }

    /** The server sends packets, numbered from the given id on. */
    TrackedSession server(int sequenceId, String... payloads) {
        for (int i = 0; i < payloads.length; i++) {
            ByteBuf packet = packet((sequenceId + i) & 0xff, payloads[i]);
            responses.scan(packet);
            assertThat(responses.forwardableBytes()).isEqualTo(packet.readableBytes());
            assertThat(responses.betweenPackets()).isTrue();
        }
        return this;
    }

    TrackedSession isIdle() {
        assertThat(tracker.idle()).as("idle").isTrue();
        assertThat(tracker.inFlight()).isZero();
        assertThat(tracker.nextSequenceId()).isZero();
        return this;
    }

    TrackedSession isBusy(int nextSequenceId) {
        assertThat(tracker.idle()).as("idle").isFalse();
        assertThat(tracker.nextSequenceId()).as("next sequence id").isEqualTo(nextSequenceId);
        return this;
    }

    TrackedSession expectsData(boolean expected) {
        assertThat(tracker.expectsClientData()).as("expects client data").isEqualTo(expected);
        return this;
    }
}
