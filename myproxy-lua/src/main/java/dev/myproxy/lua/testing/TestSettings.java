package dev.myproxy.lua.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How test files are run.
 *
 * @param selected  which cases are run, by name
 * @param caseLimit how long a case may take in real time
 * @param enter     makes a directory the working directory of the process; called with that of a configuration before
 *                  it is loaded, and with {@code /} afterwards, as the daemon does
 */
public record TestSettings(Predicate<String> selected, Duration caseLimit, WorkingDirectory enter) {

    /** All cases, 30 seconds for each, the working directory stays as it is. */
    public static final TestSettings DEFAULT = new TestSettings(_ -> true, Duration.ofSeconds(30), _ -> {});

    /** The process's working directory. */
    @FunctionalInterface
    public interface WorkingDirectory {
        /** Changes it. */
        void enter(Path directory) throws IOException;
    }

    public TestSettings selecting(Predicate<String> names) {
        return new TestSettings(names, caseLimit, enter);
    }

    public TestSettings entering(WorkingDirectory change) {
        return new TestSettings(selected, caseLimit, change);
    }

    TestSettings limiting(Duration limit) {
        return new TestSettings(selected, limit, enter);
    }
}
