package dev.myproxy.bench;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one packet among many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PacketBenchmark {

    private static final int ROWS = 1000;
    private static final int COMMANDS = 100;
    /** What a read from a busy socket gives. */
    private static final int READ_BYTES = 64 << 10;

    private final ByteBuf select = Traffic.pointSelect();
    private final ByteBuf result = Traffic.textResult(ROWS);
    private final List<ByteBuf> reads = cut(result);
    private final ByteBuf pings = repeated(Traffic.ping());
    private final ByteBuf selects = repeated(select);
    private final ByteBuf oks = repeated(Traffic.ok());
    private final ByteBuf results = repeated(Traffic.textResult(1));

    private static List<ByteBuf> cut(ByteBuf whole) {
        List<ByteBuf> reads = new ArrayList<>();
        ByteBuf rest = whole.duplicate();
        while (rest.isReadable()) {
            reads.add(rest.readSlice(Math.min(READ_BYTES, rest.readableBytes())));
        }
        return reads;
    }

    private static ByteBuf repeated(ByteBuf packet) {
        ByteBuf many = packet.alloc().directBuffer();
        for (int i = 0; i < COMMANDS; i++) {
            many.writeBytes(packet.duplicate());
        }
        return many;
    }

    /** A row of a large result, which comes as sockets give it. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public boolean row(Scanners scanners) {
        return result(scanners);
    }

    /** The whole result of 1,000 rows: for the cost per byte. */
    @Benchmark
    public boolean resultOf1000Rows(Scanners scanners) {
        return result(scanners);
    }

    private boolean result(Scanners scanners) {
        scanners.commands.scan(select);
        for (int i = 0; i < reads.size(); i++) {
            scanners.responses.scan(reads.get(i));
        }
        return scanners.tracker.idle();
    }

    /** A COM_PING and its OK, of many that are sent ahead. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public boolean pipelinedPing(Scanners scanners) {
        scanners.commands.scan(pings);
        scanners.responses.scan(oks);
        return scanners.tracker.idle();
    }

    /** A SELECT of one row and its result, of many that are sent ahead. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public boolean pipelinedPointSelect(Scanners scanners) {
        scanners.commands.scan(selects);
        scanners.responses.scan(results);
        return scanners.tracker.idle();
    }
}
