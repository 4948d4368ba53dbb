package dev.myproxy.lua.testing;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What became of all test files.
 *
 * @param engine the Lua engine that ran them
 */
public record TestReport(String engine, List<FileResult> files) {

    /** Whether each file could be loaded. */
    public boolean isComplete() {
        return files.stream().allMatch(file -> file.error().isEmpty());
    }

    /** Whether no case failed. */
    public boolean isGreen() {
        return failed() == 0;
    }

    /** Whether no case was run at all. */
    public boolean isEmpty() {
        return count(_ -> true) == 0;
    }

    /** How many cases passed. */
    public long passed() {
        return count(result -> !result.hasFailed() && !result.isSkipped());
    }

    /** How many cases failed. */
    public long failed() {
        return count(CaseResult::hasFailed);
    }

    /** How many cases were skipped. */
    public long skipped() {
        return count(CaseResult::isSkipped);
    }

    /** How long the files took together. */
    public Duration time() {
        return files.stream().map(FileResult::time).reduce(Duration.ZERO, Duration::plus);
    }

    private long count(Predicate<CaseResult> which) {
        return files.stream().flatMap(file -> file.cases().stream()).filter(which).count();
    }
}
