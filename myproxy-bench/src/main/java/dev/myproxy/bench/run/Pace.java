package dev.myproxy.bench.run;

import java.time.Duration;
import java.util.List;

/** How much time is taken if the command line does not say it in detail. */
record Pace(Duration length, Duration warmUp, int repetitions, int starts, int megabytes, List<Integer> sessions) {

    static final Pace FULL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(10), 3, 10, 1000,
            List.of(1000, 10_000));

    static final Pace QUICK = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(4), 3, 3, 200, List.of(1000));
}
