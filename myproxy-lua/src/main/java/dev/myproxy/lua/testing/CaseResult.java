package dev.myproxy.lua.testing;

import java.time.Duration;
import java.util.List;

/**
 * What became of one case.
 *
 * @param name as the test file says
 * @param line where the case begins
 */
public record CaseResult(String name, int line, Duration time, Outcome outcome) {

    /** How a case ended. */
    public sealed interface Outcome {

        /** Everything held. */
        record Passed() implements Outcome {}

        /** The case called {@code test.skip}. */
        record Skipped(String reason) implements Outcome {}

        /**
         * An assertion did not hold, or something raised an error.
         *
         * @param message   one or more lines, the first with {@code FILE:LINE: } if that is known
         * @param traceback how the script came there, innermost first; one line for each step
         */
        record Failed(String message, List<String> traceback) implements Outcome {}
    }

    boolean hasFailed() {
        return outcome instanceof Outcome.Failed;
    }

    boolean isSkipped() {
        return outcome instanceof Outcome.Skipped;
    }
}
