package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever peers send, the scanners go on or throw the protocol's exception. */
class ScannerFuzzTest {

    @Test
    void servedAnything() {
        Random random = new Random(4);
        int refused = 0;
        int survived = 0;
        for (int i = 0; i < 20_000; i++) {
            TrackedSession session = new TrackedSession(
                    new Capabilities(random.nextLong()).with(Capability.PROTOCOL_41));
            try {
                for (int turn = 0; turn < 6; turn++) {
                    session.commands.scan(packets(random));
                    session.responses.scan(packets(random));
                }
                survived++;
            } catch (MalformedPacketException _) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(survived).isPositive();
    }

    @Test
    void commandsAreNeverRefused() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            TrackedSession session = new TrackedSession(TrackedSession.CLASSIC);
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);

            int passed = session.commands.scan(Unpooled.wrappedBuffer(bytes));

            assertThat(passed).isBetween(Math.max(0, bytes.length - 4), bytes.length);
        }
    }

    /** A few packets, mostly with bytes that mean something; the last one may be cut. */
    private static ByteBuf packets(Random random) {
        ByteBuf packets = Unpooled.buffer();
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] payload = new byte[random.nextInt(30)];
            random.nextBytes(payload);
            if (payload.length > 0) {
                payload[0] = (byte) switch (random.nextInt(8)) {
                    case 0 -> 0xfe;
                    case 1 -> 0xff;
                    case 2 -> 0xfb;
                    case 3, 4 -> 0;
                    default -> random.nextInt(0x20);
                };
            }
            packets.writeMediumLE(random.nextInt(50) == 0 ? 0xffffff : payload.length).writeByte(random.nextInt(3))
                    .writeBytes(payload);
        }
        return packets.slice(0, packets.readableBytes() - (random.nextInt(5) == 0 ? 1 : 0));
    }
}
