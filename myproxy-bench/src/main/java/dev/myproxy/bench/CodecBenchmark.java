package dev.myproxy.bench;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packets that are read or written as values: those of logins, and the proxy's own answers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

    private static final Capabilities FLAGS = Traffic.CAPABILITIES.with(Capability.PLUGIN_AUTH,
            Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH_LENENC, Capability.CONNECT_ATTRS,
            Capability.CONNECT_WITH_DB, Capability.LONG_PASSWORD);

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final Greeting greeting = new Greeting(ByteString.of("11.4.5-MariaDB"), 4711,
            ByteString.of("abcdefghijklmnopqrst"), FLAGS, 45, ServerStatus.AUTOCOMMIT,
            ByteString.of("mysql_native_password"));
    private final HandshakeResponse response = new HandshakeResponse(FLAGS, 1 << 24, 45, ByteString.of("user"),
            AuthAnswer.wrap(new byte[20]), Optional.of(ByteString.of("database")),
            ByteString.of("mysql_native_password"), Optional.of(ByteString.of("x".repeat(80))), 0);
    private final ErrPacket err = ErrPacket.of(1045, "28000", ByteString.of("Access denied for user 'user'"));
    private final ByteBuf greetingBytes = written(greeting::write);
    private final ByteBuf responseBytes = written(response::write);
    private final ByteBuf okBytes = written(to -> OkPacket.of(ServerStatus.AUTOCOMMIT).write(to, FLAGS));

    private static ByteBuf written(Consumer<ByteBuf> writer) {
        ByteBuf bytes = Traffic.ALLOCATOR.directBuffer();
        writer.accept(bytes);
        return bytes;
    }

    @Benchmark
    public Greeting readGreeting() {
        return Greeting.read(greetingBytes.readerIndex(0));
    }

    @Benchmark
    public int writeGreeting() {
        return release(Packets.frame(allocator, 0, greeting::write));
    }

    @Benchmark
    public HandshakeResponse readHandshakeResponse() {
        return HandshakeResponse.read(responseBytes.readerIndex(0), FLAGS);
    }

    @Benchmark
    public int writeHandshakeResponse() {
        return release(Packets.frame(allocator, 1, response::write));
    }

    @Benchmark
    public OkPacket readOk() {
        return OkPacket.read(okBytes.readerIndex(0), FLAGS);
    }

    @Benchmark
    public int writeErr() {
        return release(Packets.frame(allocator, 1, to -> err.write(to, true)));
    }

    private static int release(ByteBuf packet) {
        int length = packet.readableBytes();
        packet.release();
        return length;
    }
}
