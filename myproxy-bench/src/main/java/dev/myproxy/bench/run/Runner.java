package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Statement;
import dev.myproxy.bench.load.Window;
import dev.myproxy.bench.report.Figures;
import dev.myproxy.bench.subject.Contestant;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Does all workloads with all targets, in turns, so that what changes on the machine meanwhile touches all of them. */
final class Runner {

    private static final int WARM_UP_CONNECTIONS = 8;

    private final List<Contestant> contestants;
    private final Generator generator;
    private final Consumer<String> progress;
    private final Figures figures;
    /** Pairs that failed once, and are not tried again. */
    private final Set<String> broken = new HashSet<>();

    Runner(List<Contestant> contestants, Generator generator, Figures figures, Consumer<String> progress) {
        this.contestants = contestants;
        this.generator = generator;
        this.figures = figures;
        this.progress = progress;
    }

    /**
     * Has all targets do queries and logins, so that what they compile is compiled.
     *
     * @param time for each target
     */
    void warmUp(Statement statement, Duration time) throws InterruptedException {
        for (Contestant each : contestants) {
            progress.accept("warming up " + each.target().name());
            Window window = new Window(Duration.ZERO, time.dividedBy(2), each.clock());
            try {
                generator.pointSelects(each.endpoint(), WARM_UP_CONNECTIONS, statement, window);
                generator.connects(each.endpoint(), WARM_UP_CONNECTIONS, window);
            } catch (IOException e) {
                fail("warm-up of " + each.target().name() + ": " + e.getMessage());
            }
        }
    }

    /** Measures. Each repetition begins with another target. */
    void run(List<Workload> workloads, int usual) throws InterruptedException {
        for (Workload workload : workloads) {
            List<Contestant> suited = contestants.stream().filter(each -> workload.suits(each.target())).toList();
            for (Contestant each : suited) {
                warmUp(workload, each);
            }
            int repetitions = workload.repetitions(usual);
            for (int repetition = 0; repetition < repetitions; repetition++) {
                progress.accept(workload.name() + ", repetition " + (repetition + 1) + " of " + repetitions);
                for (int i = 0; i < suited.size(); i++) {
                    measure(workload, suited.get((repetition + i) % suited.size()));
                }
            }
        }
    }

    private void warmUp(Workload workload, Contestant contestant) throws InterruptedException {
        String what = what(workload, contestant);
        try {
            workload.warmUp(contestant);
        } catch (IOException e) {
            broken.add(what);
            fail("warm-up of " + what + ": " + e.getMessage());
        }
    }

    private static String what(Workload workload, Contestant contestant) {
        return workload.name() + ", " + contestant.target().name();
    }

    private void measure(Workload workload, Contestant contestant) throws InterruptedException {
        String what = what(workload, contestant);
        if (broken.contains(what)) {
            return;
        }
        try {
            workload.measure(contestant)
                    .forEach((measured, reading) -> figures.add(measured, contestant.target().name(), reading));
        } catch (IOException e) {
            broken.add(what);
            fail(what + ": " + e.getMessage());
        }
    }

    private void fail(String what) {
        progress.accept("FAILED: " + what);
        figures.failed(what);
    }
}
