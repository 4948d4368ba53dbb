package dev.myproxy.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A connection through a {@link FaultRelay}. */
public final class RelayedConnection implements Closeable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Direction, AtomicLong> forwarded = new EnumMap<>(Direction.class);
    private final Wire client;
    private final Wire server;
    private final Map<Direction, List<Fault>> faults;
    private final AtomicInteger open = new AtomicInteger(Direction.values().length);
    private volatile boolean stalled;

    RelayedConnection(Wire client, Wire server, Map<Direction, List<Fault>> faults) {
        this.client = client;
        this.server = server;
        this.faults = faults;
        for (Direction direction : Direction.values()) {
            forwarded.put(direction, new AtomicLong());
        }
        client.limit(PATIENCE);
        server.limit(PATIENCE);
    }

    void start() {
        for (Direction direction : Direction.values()) {
            Thread.ofPlatform().daemon().name("relay " + direction).start(() -> pump(direction));
        }
    }

    /** How many bytes went in a direction. */
    public long forwarded(Direction direction) {
        return counter(direction).get();
    }

    /** Stops forwarding, or goes on with it; nothing is lost. */
    public void stall(boolean stop) {
        stalled = stop;
    }

    /** Sends the end of the stream in a direction; the other one goes on. */
    public void halfClose(Direction direction) throws IOException {
        target(direction).shutdownOutput();
    }

    /** Cuts both connections, with resets where there are such. */
    public void reset() throws IOException {
        client.reset();
        server.reset();
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }

    private AtomicLong counter(Direction direction) {
        return Objects.requireNonNull(forwarded.get(direction));
    }

    private Wire target(Direction direction) {
        return direction == Direction.TO_SERVER ? server : client;
    }

    private Wire source(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    /** Forwards until the end of the stream; whatever breaks on one side is passed on to the other one. */
    private void pump(Direction direction) {
        FaultyFlow flow = new FaultyFlow(this, target(direction), counter(direction),
                faults.getOrDefault(direction, List.of()));
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try {
            while (!flow.isOver()) {
                while (stalled) {
                    Thread.sleep(5);
                }
                if (source(direction).readSome(bytes.clear(), PATIENCE) < 0) {
                    target(direction).shutdownOutput();
                    ended();
                    return;
                }
                gather(flow, source(direction), bytes);
                flow.forward(bytes.flip());
            }
        } catch (IOException | InterruptedException _) {
            abandon();
        }
    }

    private static void gather(FaultyFlow flow, Wire source, ByteBuffer bytes) {
        try {
            while (flow.wantsMoreThan(bytes.position()) && bytes.hasRemaining()
                    && source.readSome(bytes, flow.patience()) >= 0) {
                // More has come together.
            }
        } catch (IOException _) {
            // Nothing more came, or the connection was reset: what is there goes on its way.
        }
    }

    private void ended() throws IOException {
        if (open.decrementAndGet() == 0) {
            close();
        }
    }

    private void abandon() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
