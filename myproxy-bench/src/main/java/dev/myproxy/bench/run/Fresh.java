package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.IdleSessions;
import dev.myproxy.bench.load.LoadException;
import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import dev.myproxy.bench.subject.Launcher;
import dev.myproxy.bench.subject.ProcessFigures;
import dev.myproxy.bench.subject.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A process that has just been started: how long that takes, and its memory, with idle sessions and without.
 *
 * @param starts   how often the time of the start is measured; 0 if it is not wanted
 * @param sessions numbers of idle sessions, rising; empty for no memory
 * @param settle   memory is read when so much time has passed without anything to do
 */
record Fresh(int starts, List<Integer> sessions, Duration settle, Launcher launcher, Generator generator)
        implements
            Workload {

    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
    private static final double MILLI = 1e6;

    @Override
    public String name() {
        return "start" + (sessions.isEmpty() ? "" : " and idle sessions");
    }

    @Override
    public boolean suits(Target target) {
        return target instanceof Target.MyProxy || target instanceof Target.HaProxy;
    }

    @Override
    public int repetitions(int otherwise) {
        return starts > 0 ? starts : otherwise;
    }

    @Override
    public Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException {
        Map<Case, Reading> readings = new LinkedHashMap<>();
        try (Contestant fresh = launcher.start(contestant.target())) {
            if (starts > 0) {
                fresh.readyTime().ifPresent(time -> readings.put(new Case("ready", "start to READY", "ms", ""),
                        Reading.of(time.toNanos() / MILLI, "native")));
                readings.put(new Case("start", "start to first login", "ms", ""),
                        Reading.of(fresh.startTime().toNanos() / MILLI, "native"));
            }
            if (!sessions.isEmpty()) {
                ProcessFigures figures = fresh.figures()
                        .orElseThrow(() -> new LoadException("No process of " + fresh.target().name()));
                memory(fresh, figures, readings);
            }
        }
        return readings;
    }

    private void memory(Contestant fresh, ProcessFigures figures, Map<Case, Reading> readings)
            throws IOException, InterruptedException {
        try (IdleSessions idle = generator.idle(fresh.endpoint())) {
            idle.pass(settle);
            long none = figures.residentBytes();
            readings.put(resident(0), Reading.of(none / MEGA, "native"));
            for (int number : sessions) {
                idle.grow(number);
                idle.pass(settle);
                long bytes = figures.residentBytes();
                readings.put(resident(number), Reading.of(bytes / MEGA, "native"));
                readings.put(new Case("idle-each-" + number,
                        String.format(Locale.ROOT, "each of %,d idle sessions", number), "kB", ""),
                        Reading.of((bytes - none) / KILO / number, "native"));
            }
        }
    }

    private static Case resident(int sessions) {
        return new Case("idle-" + sessions, String.format(Locale.ROOT, "resident, %,d idle sessions", sessions),
                "MB", "");
    }
}
