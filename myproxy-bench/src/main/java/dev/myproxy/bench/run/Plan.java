package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Statement;
import dev.myproxy.bench.load.Sysbench;
import dev.myproxy.bench.run.Settings.Kind;
import dev.myproxy.bench.run.Settings.Load;
import dev.myproxy.bench.server.Points;
import dev.myproxy.bench.subject.Launcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The workloads that settings ask for. Pure. */
record Plan(Settings settings, Generator generator, Optional<Sysbench> sysbench, Launcher launcher) {

    private static final int SYSBENCH_CONNECTIONS = 64;
    private static final Set<Integer> TLS_SESSIONS = Set.of(8, 64);
    private static final Set<Integer> TLS_LOGINS = Set.of(8);
    private static final Duration SETTLE = Duration.ofSeconds(1);

    List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        if (wanted(Kind.SELECT)) {
            settings.selects().forEach(number -> all.add(
                    new Selects(number, false, statement(), settings.length(), generator, selects(number))));
        }
        if (wanted(Kind.CONNECT)) {
            settings.connects().forEach(
                    number -> all.add(new Connecting(number, false, settings.length(), settings.warmUp(), generator)));
        }
        if (wanted(Kind.TLS)) {
            among(settings.selects(), TLS_SESSIONS).forEach(number -> all.add(
                    new Selects(number, true, statement(), settings.length(), generator, Optional.empty())));
            among(settings.connects(), TLS_LOGINS).forEach(
                    number -> all.add(new Connecting(number, true, settings.length(), settings.warmUp(), generator)));
        }
        if (wanted(Kind.RESULT)) {
            all.add(bulk(Bulk.Kind.SMALL_ROWS));
            all.add(bulk(Bulk.Kind.LARGE_ROWS));
        }
        if (wanted(Kind.UPLOAD)) {
            all.add(bulk(Bulk.Kind.FILE));
        }
        // Before the idle sessions: the server is busy for a while when thousands of them end.
        if (wanted(Kind.START)) {
            all.add(new Fresh(settings.starts(), List.of(), settle(), launcher, generator));
        }
        if (wanted(Kind.IDLE)) {
            all.add(new Fresh(0, settings.sessions(), settle(), launcher, generator));
        }
        return all;
    }

    /** Those of the wanted numbers that are enough to know what TLS costs; the first, if none is. */
    private static List<Integer> among(List<Integer> wanted, Set<Integer> enough) {
        List<Integer> some = wanted.stream().filter(enough::contains).toList();
        return some.isEmpty() ? wanted.subList(0, 1) : some;
    }

    private Bulk bulk(Bulk.Kind kind) {
        return new Bulk(kind, settings.megabytes(), settings.warmUp(), generator);
    }

    private Duration settle() {
        return settings.length().compareTo(SETTLE) < 0 ? settings.length() : SETTLE;
    }

    private boolean wanted(Kind kind) {
        return settings.workloads().contains(kind);
    }

    Statement statement() {
        return new Statement(Points.SELECT, Points.ROWS, settings.prepared());
    }

    private Optional<Sysbench> selects(int connections) {
        return switch (settings.load()) {
            case NATIVE -> Optional.empty();
            case SYSBENCH -> sysbench;
            case AUTO -> connections <= SYSBENCH_CONNECTIONS ? sysbench : Optional.empty();
        };
    }
}
