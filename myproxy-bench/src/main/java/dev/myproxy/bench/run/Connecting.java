package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Window;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Connect, login, {@code SELECT 1}, quit, so many at a time. */
record Connecting(int connections, Duration length, Generator generator) implements Workload {

    @Override
    public String name() {
        return "connect to quit, " + connections + " at a time";
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        return Map.of(new Case("connect-" + connections, name(), "connections/s", "µs/connection"),
                Counts.reading(generator.connects(contestant.endpoint(), connections,
                        Window.of(length, contestant.clock())), contestant, "native"));
    }
}
