package dev.myproxy.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Applies the faults of one direction of one connection. */
final class FaultyFlow {

    private final RelayedConnection connection;
    private final Wire target;
    private final AtomicLong forwarded;
    private final List<Fault> faults;
    private Fault.Split split = new Fault.Split(Integer.MAX_VALUE, Duration.ZERO);
    private Fault.Coalesce coalesce = new Fault.Coalesce(0, Duration.ZERO);
    private Duration delay = Duration.ZERO;
    private long bytesPerSecond = Long.MAX_VALUE;
    private boolean over;

    FaultyFlow(RelayedConnection connection, Wire target, AtomicLong forwarded, List<Fault> faults) {
        this.connection = connection;
        this.target = target;
        this.forwarded = forwarded;
        this.faults = faults;
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.Split f -> split = f;
                case Fault.Coalesce f -> coalesce = f;
                case Fault.Delay f -> delay = f.time();
                case Fault.Throttle f -> bytesPerSecond = f.bytesPerSecond();
                case Fault.ResetAt _,Fault.CloseAt _,Fault.HalfCloseAt _,Fault.StallAt _ -> {
                    // These wait for their offset.
                }
            }
        }
    }

    /** Whether nothing is forwarded in this direction any more. */
    boolean isOver() {
        return over;
    }

    boolean wantsMoreThan(int bytes) {
        return bytes < coalesce.bytes();
    }

    Duration patience() {
        return coalesce.patience();
    }

    void forward(ByteBuffer bytes) throws IOException, InterruptedException {
        Thread.sleep(delay);
        while (bytes.hasRemaining() && !over) {
            int count = Math.min(bytes.remaining(), split.bytes());
            if (bytesPerSecond != Long.MAX_VALUE) {
                count = Math.clamp(bytesPerSecond / 100, 1, count);
            }
            count = (int) Math.min(count, untilEvent());
            if (count > 0) {
                target.write(bytes.slice(bytes.position(), count));
                bytes.position(bytes.position() + count);
                forwarded.addAndGet(count);
                Thread.sleep(split.pause());
                if (bytesPerSecond != Long.MAX_VALUE) {
                    Thread.sleep(Duration.ofNanos(count * 1_000_000_000L / bytesPerSecond));
                }
            }
            strike();
        }
    }

    private long untilEvent() {
        long next = Long.MAX_VALUE;
        for (Fault fault : faults) {
            next = Math.min(next, offset(fault) - forwarded.get());
        }
        return next;
    }

    private void strike() throws IOException {
        for (Fault fault : faults) {
            if (offset(fault) <= forwarded.get()) {
                over = true;
                switch (fault) {
                    case Fault.ResetAt _ -> connection.reset();
                    case Fault.CloseAt _ -> connection.close();
                    case Fault.HalfCloseAt _ -> target.shutdownOutput();
                    default -> {
                        // Stalled: both connections stay open.
                    }
                }
            }
        }
    }

    private static long offset(Fault fault) {
        return switch (fault) {
            case Fault.ResetAt f -> f.offset();
            case Fault.CloseAt f -> f.offset();
            case Fault.HalfCloseAt f -> f.offset();
            case Fault.StallAt f -> f.offset();
            default -> Long.MAX_VALUE;
        };
    }
}
