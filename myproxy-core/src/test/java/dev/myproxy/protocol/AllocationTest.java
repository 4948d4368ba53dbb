package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The scanners follow a million packets without making objects. */
class AllocationTest {

    private static final int ROUNDS = 50_000;
    private static final Capabilities TRACKING = TrackedSession.CLASSIC.with(Capability.SESSION_TRACK);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ResponseTracker tracker = new ResponseTracker(TRACKING, ResponseObserver.NONE);
    private final ResponseScanner responses = new ResponseScanner(tracker);
    private final CommandScanner commands = new CommandScanner(tracker, EnumSet.of(Command.INIT_DB),
            new KillFinder(TrackedSession.CLASSIC, 1L << 31), CommandScanner.DEFAULT_MAX_IN_FLIGHT);

    private final ByteBuf query = TrackedSession.packet(0, TrackedSession.SELECT);
    /** Begins like a KILL, and is nearly one. */
    private final ByteBuf commented = TrackedSession.packet(0, "03 2f2a612a2f 4b494c4c 2032");
    private final ByteBuf result = result();
    private final ByteBuf use = TrackedSession.packet(0, "03 5553452061");
    private final ByteBuf used = TrackedSession.packet(1,
            "00 00 00 0240 0000 03 616263 0b 00 02 01 30 01 05 04 73686f70");
    private final ByteBuf usedFirst = used.slice(0, 15);
    private final ByteBuf usedRest = used.slice(15, used.readableBytes() - 15);
    private final ByteBuf beginning = result.slice(0, 100);
    private final ByteBuf rest = result.slice(100, result.readableBytes() - 100);

    private static ByteBuf result() {
        ByteBuf result = Unpooled.buffer().writeBytes(TrackedSession.packet(1, "01"))
                .writeBytes(TrackedSession.packet(2, TrackedSession.DEFINITION))
                .writeBytes(TrackedSession.packet(3, TrackedSession.EOF));
        for (int i = 0; i < 16; i++) {
            result.writeBytes(TrackedSession.packet(4 + i, "0461626364fb"));
        }
        return result.writeBytes(TrackedSession.packet(20, TrackedSession.EOF));
    }

    private void run() {
        for (int i = 0; i < ROUNDS; i++) {
            commands.scan(i % 2 == 0 ? query : commented);
            responses.scan(beginning);
            responses.scan(rest);
            commands.scan(use);
            responses.scan(used);
            commands.scan(use);
            responses.scan(usedFirst);
            responses.scan(usedRest);
        }
    }

    @Test
    void makesNoObjectsPerPacket() {
        run();
        long before = threads.getCurrentThreadAllocatedBytes();

        run();

        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(tracker.idle()).isTrue();
        assertThat(tracker.queries()).isEqualTo(6L * ROUNDS);
        // 21 packets a round: a single object of 16 bytes each would be 16 MB.
        assertThat(bytes).isLessThan(100_000);
    }
}
