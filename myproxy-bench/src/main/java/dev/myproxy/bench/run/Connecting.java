package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Window;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Connect, login, {@code SELECT 1}, quit, so many at a time, which may be encrypted. */
record Connecting(int connections, boolean encrypted, Duration length, Duration warmUp, Generator generator)
        implements
            Workload {

    @Override
    public String name() {
        return (encrypted ? "connect to quit over TLS, " : "connect to quit, ") + connections + " at a time";
    }

    /** Nobody has shaken hands before. */
    @Override
    public void warmUp(Contestant contestant) throws IOException, InterruptedException {
        if (encrypted) {
            generator.connects(endpoint(contestant), connections,
                    new Window(Duration.ZERO, warmUp, contestant.clock()));
        }
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        return Map.of(
                new Case((encrypted ? "tls-connect-" : "connect-") + connections, name(), "connections/s",
                        "µs/connection"),
                Counts.reading(generator.connects(endpoint(contestant), connections,
                        Window.of(length, contestant.clock())), contestant, "native"));
    }

    private Endpoint endpoint(Contestant contestant) {
        return encrypted ? contestant.endpoint().encrypt() : contestant.endpoint();
    }
}
