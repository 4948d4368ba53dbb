package dev.myproxy.session.meters;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Tally;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.protocol.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class StatementMetersTest {

    private static final Capabilities CAPABILITIES = Capabilities.of(Capability.PROTOCOL_41, Capability.TRANSACTIONS,
            Capability.MULTI_RESULTS);
    private static final String QUERY = "0353";
    private static final String PING = "0e";
    private static final String OK = "00000002000000";
    /** Two rows, flags NO_INDEX_USED and MORE_RESULTS_EXISTS; then three rows and four warnings. */
    private static final String OK_MORE = "000200 2800 0000";
    private static final String OK_LAST = "000300 1208 0400";
    private static final String ERR = "ff2804" + "233432303030" + "6e6f";

    private final LoopMeters loop = new LoopMeters();
    private final Tally<ServerCounter> server = new Tally<>(ServerCounter.class);
    private long now = 1000;

    private ResponseTracker tracker(LongSupplier nanoTime) {
        return new ResponseTracker(CAPABILITIES, new StatementMeters(loop, server, nanoTime));
    }

    private static ByteBuf packet(int sequenceId, String payload) {
        byte[] bytes = HexFormat.of().parseHex(payload.replace(" ", ""));
        return Unpooled.buffer().writeMediumLE(bytes.length).writeByte(sequenceId).writeBytes(bytes);
    }

    private long counted(ServerCounter counter) {
        return server.get(counter);
    }

    @Test
    void countsWhatTheServerSaysOfStatements() {
        ResponseTracker tracker = tracker(() -> now);
        CommandScanner client = new CommandScanner(tracker, Set.of());
        ResponseScanner responses = new ResponseScanner(tracker);

        client.scan(packet(0, QUERY));
        now += 300;
        responses.scan(packet(1, OK_MORE));
        now += 40;
        responses.scan(packet(2, OK_LAST));
        client.scan(packet(0, QUERY));
        now += 5;
        responses.scan(packet(1, ERR));
        client.scan(packet(0, PING));
        now += 9;
        responses.scan(packet(1, OK));

        assertThat(counted(ServerCounter.QUERIES)).isEqualTo(2);
        assertThat(counted(ServerCounter.QUERY_ERRORS)).isEqualTo(1);
        assertThat(counted(ServerCounter.AFFECTED_ROWS)).isEqualTo(5);
        assertThat(counted(ServerCounter.QUERY_WARNINGS)).isEqualTo(4);
        assertThat(counted(ServerCounter.NO_INDEX_QUERIES)).isEqualTo(1);
        assertThat(counted(ServerCounter.NO_GOOD_INDEX_QUERIES)).isEqualTo(1);
        assertThat(counted(ServerCounter.SLOW_QUERIES)).isEqualTo(1);
        assertThat(counted(ServerCounter.QUERY_WAIT)).isEqualTo(345);
        assertThat(loop.commands().get(Command.QUERY)).isEqualTo(2);
        assertThat(loop.commands().get(Command.PING)).isEqualTo(1);
    }

    @Test
    void aStatementAheadOfTheAnswerBeforeItBeginsWithThatAnswer() {
        ResponseTracker tracker = tracker(() -> now);
        CommandScanner client = new CommandScanner(tracker, Set.of());
        ResponseScanner responses = new ResponseScanner(tracker);

        client.scan(packet(0, QUERY));
        now += 10;
        client.scan(packet(0, QUERY));
        now += 20;
        responses.scan(packet(1, OK));
        now += 100;
        responses.scan(packet(1, OK));

        assertThat(counted(ServerCounter.QUERIES)).isEqualTo(2);
        assertThat(counted(ServerCounter.QUERY_WAIT)).isEqualTo(30 + 100);
    }

    @Test
    void aServerThatLiesAboutRowsDoesNotTurnCountersBack() {
        new StatementMeters(loop, server, () -> now).completed(Command.QUERY, false, 0, 0, -1, 0);

        assertThat(counted(ServerCounter.AFFECTED_ROWS)).isZero();
    }

    @Test
    void makesNoObjects() {
        StatementMeters meters = new StatementMeters(loop, server, System::nanoTime);
        TrafficMeters traffic = new TrafficMeters(loop.counters(), server);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            count(meters, traffic, 50_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(counted(ServerCounter.QUERIES)).isEqualTo(500_000);
        // what measuring itself takes; the smallest objects, one for each statement, would be 800,000
        assertThat(least).isLessThan(200);
    }

    private static void count(StatementMeters meters, TrafficMeters traffic, int rounds) {
        int status = ServerStatus.AUTOCOMMIT | ServerStatus.NO_INDEX_USED;
        for (int i = 0; i < rounds; i++) {
            meters.began(Command.QUERY);
            meters.completed(Command.QUERY, i % 7 == 0, 0, status, 1, 1);
            traffic.client(100L * i, 2L * i, i);
            traffic.server(1000L * i, 20L * i);
        }
    }
}
