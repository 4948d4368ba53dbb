package dev.myproxy.lua.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a test file.
 *
 * @param file  as the caller named it
 * @param error why its cases could not be run: it can't be read, does not compile, or raised an error outside of them
 * @param cases those that were run, in their order
 */
public record FileResult(Path file, Optional<CaseResult.Outcome.Failed> error, Duration time,
        List<CaseResult> cases) {}
