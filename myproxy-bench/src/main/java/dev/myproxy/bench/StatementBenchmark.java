package dev.myproxy.bench;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole statement, command and response, through both scanners and the tracker. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StatementBenchmark {

    private final ByteBuf ping = Traffic.ping();
    private final ByteBuf ok = Traffic.ok();
    private final ByteBuf select = Traffic.pointSelect();
    private final ByteBuf row = Traffic.textResult(1);
    private final ByteBuf beginning = row.slice(0, 50);
    private final ByteBuf rest = row.slice(50, row.readableBytes() - 50);
    private final ByteBuf execute = Traffic.execute();
    private final ByteBuf binaryRow = Traffic.binaryResult(1);

    /** The shortest that there is: two packets. */
    @Benchmark
    public boolean ping(Scanners scanners) {
        scanners.commands.scan(ping);
        scanners.responses.scan(ok);
        return scanners.tracker.idle();
    }

    /** A row by its key, as text: five packets. */
    @Benchmark
    public boolean pointSelect(Scanners scanners) {
        scanners.commands.scan(select);
        scanners.responses.scan(row);
        return scanners.tracker.idle();
    }

    /** The same with a response that comes in two pieces, cut in the middle of a packet. */
    @Benchmark
    public boolean pointSelectInPieces(Scanners scanners) {
        scanners.commands.scan(select);
        scanners.responses.scan(beginning);
        scanners.responses.scan(rest);
        return scanners.tracker.idle();
    }

    /** A row by its key, with a prepared statement. */
    @Benchmark
    public boolean preparedPointSelect(Scanners scanners) {
        scanners.commands.scan(execute);
        scanners.responses.scan(binaryRow);
        return scanners.tracker.idle();
    }
}
