package dev.myproxy.lua.testing;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.testing.CaseResult.Outcome;
import dev.myproxy.lua.testing.CaseResult.Outcome.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one test file: first the file as a whole, which says what its cases are, then these in their order. */
final class TestFile {

    private final LuaScriptEngine engine;
    private final TestSettings settings;
    private final Path file;

    TestFile(LuaScriptEngine engine, TestSettings settings, Path file) {
        this.engine = engine;
        this.settings = settings;
        this.file = file;
    }

    FileResult run(TestListener listener) {
        long start = System.nanoTime();
        // absolute, because a policy that was tested before has changed the working directory
        byte[] source;
        try {
            source = Files.readAllBytes(file.toAbsolutePath());
        } catch (IOException e) {
            return new FileResult(file, Optional.of(unreadable(e)), since(start), List.of());
        }
        List<CaseResult> results = new ArrayList<>();
        Optional<Failed> error;
        try (TestScript script = new TestScript(engine, settings, file, listener)) {
            error = script.load(source);
            if (error.isEmpty()) {
                for (TestCase testCase : script.cases()) {
                    if (settings.selected().test(testCase.name())) {
                        results.add(run(script, testCase));
                        listener.ended(results.getLast());
                    }
                }
            }
        }
        return new FileResult(file, error, since(start), results);
    }

    private static CaseResult run(TestScript script, TestCase testCase) {
        long start = System.nanoTime();
        Outcome outcome = script.run(testCase);
        return new CaseResult(testCase.name(), testCase.line(), since(start), outcome);
    }

    private Failed unreadable(IOException e) {
        String reason = Files.exists(file.toAbsolutePath())
                ? String.valueOf(e.getMessage())
                : "No such file or directory";
        return new Failed("cannot open " + file + ": " + reason, List.of());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
