package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Rates;
import dev.myproxy.bench.load.Statement;
import dev.myproxy.bench.load.Sysbench;
import dev.myproxy.bench.load.Window;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Point selects in so many sessions, which may be encrypted. */
record Selects(int connections, boolean encrypted, Statement statement, Duration length, Generator generator,
        Optional<Sysbench> sysbench) implements Workload {

    @Override
    public String name() {
        return (encrypted ? "point select over TLS, " : "point select, ") + Counts.of(connections, "connection");
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        Endpoint endpoint = encrypted ? contestant.endpoint().encrypt() : contestant.endpoint();
        Rates rates = sysbench.isPresent()
                ? sysbench.get().pointSelects(endpoint, connections, statement, length, contestant.clock())
                : generator.pointSelects(endpoint, connections, statement,
                        Window.of(length, contestant.clock()));
        return Map.of(new Case((encrypted ? "tls-select-" : "select-") + connections, name(), "queries/s", "µs/query"),
                Counts.reading(rates, contestant, sysbench.isPresent() ? "sysbench" : "native"));
    }
}
