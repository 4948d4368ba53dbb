package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Transfer;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.server.Points;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.util.Map;

/**
 * Many bytes in one session.
 *
 * @param up whether it is a file for the server, instead of a result
 */
record Bulk(boolean up, int megabytes, Generator generator) implements Workload {

    private static final long MEGA = 1_000_000;

    @Override
    public String name() {
        return (up ? "LOCAL INFILE of " : "result of ") + megabytes + " MB";
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        Transfer transfer = up
                ? generator.upload(contestant.endpoint(), Points::upload, megabytes * MEGA, contestant.clock())
                : generator.download(contestant.endpoint(), Points.result(megabytes), contestant.clock());
        return Map.of(new Case(up ? "upload" : "result", name(), "MB/s", "µs/MB"),
                Counts.reading(transfer, contestant));
    }
}
