package dev.myproxy.bench.run;

import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import dev.myproxy.bench.subject.Target;
import java.io.IOException;
import java.util.Map;

/** Something that is done with a target, and measured. */
interface Workload {

    /** For messages. */
    String name();

    /** Whether it means anything for a target. */
    default boolean suits(Target target) {
        return true;
    }

    /** How often it is done with each target, if that is not what is done otherwise. */
    default int repetitions(int otherwise) {
        return otherwise;
    }

    /** Does it with a target until that does it as fast as it will; by default the warm-up before all workloads is enough. */
    default void warmUp(Contestant contestant) throws IOException, InterruptedException {}

    /** Does it once. */
    Map<Case, Reading> measure(Contestant contestant) throws IOException, InterruptedException;
}
