package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Transfer;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.server.Points;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Many bytes in one session.
 *
 * @param warmUp how long a target at most does so before it is measured: a gigabyte is much, but it is few calls, and a
 *               virtual machine compiles what has often been called
 */
record Bulk(Kind kind, int megabytes, Duration warmUp, Generator generator) implements Workload {

    private static final long MEGA = 1_000_000;
    private static final int WARM_UP_MEGABYTES = 200;

    /** What passes. */
    enum Kind {
        /** Rows of 1,000 bytes. */
        SMALL_ROWS("result", "result of ", ""),
        /** Rows of 1,000,000 bytes. */
        LARGE_ROWS("result-large-rows", "result of ", " in rows of 1 MB"),
        /** A file for the server. */
        FILE("upload", "LOCAL INFILE of ", "");

        private final String id;
        private final String nameBefore;
        private final String nameBehind;

        Kind(String id, String nameBefore, String nameBehind) {
            this.id = id;
            this.nameBefore = nameBefore;
            this.nameBehind = nameBehind;
        }
    }

    @Override
    public String name() {
        return kind.nameBefore + megabytes + " MB" + kind.nameBehind;
    }

    /** Until the processor time for a megabyte does not fall any more, as long as there is time. */
    @Override
    public void warmUp(Contestant contestant) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Steady steady = new Steady();
        while (!steady.isReached() && System.nanoTime() - start < warmUp.toNanos()) {
            steady.add(transfer(contestant, Math.min(megabytes, WARM_UP_MEGABYTES)).processorMicrosPerMegabyte());
        }
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        return Map.of(new Case(kind.id, name(), "MB/s", "µs/MB"),
                Counts.reading(transfer(contestant, megabytes), contestant));
    }

    private Transfer transfer(Contestant contestant, int size) throws IOException, InterruptedException {
        return switch (kind) {
            case SMALL_ROWS -> generator.download(contestant.endpoint(), Points.smallRows(size), contestant.clock());
            case LARGE_ROWS -> generator.download(contestant.endpoint(), Points.largeRows(size), contestant.clock());
            case FILE -> generator.upload(contestant.endpoint(), Points::upload, size * MEGA, contestant.clock());
        };
    }
}
