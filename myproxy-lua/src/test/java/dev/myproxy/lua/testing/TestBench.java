package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a test file with a policy beside it. */
final class TestBench implements TestListener {

    private final LuaScriptEngine engine;
    private final Path directory;
    private TestSettings settings = TestSettings.DEFAULT;
    private final List<String> printed = new ArrayList<>();

    TestBench(LuaScriptEngine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    TestBench with(TestSettings other) {
        settings = other;
        return this;
    }

    TestBench policy(String source) {
        return file("config.lua", source);
    }

    TestBench file(String name, String source) {
        try {
            Files.writeString(directory.resolve(name), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    FileResult run(String source) {
        file("policy_test.lua", source);
        return run(directory.resolve("policy_test.lua"));
    }

    FileResult run(Path file) {
        return new PolicyTests(engine, settings).run(List.of(file), this).files().getFirst();
    }

    /** Runs cases that must all pass. */
    void passes(String source) {
        FileResult result = run(source);
        assertThat(result.error()).isEmpty();
        assertThat(result.cases()).isNotEmpty().allSatisfy(
                one -> assertThat(one.outcome()).isEqualTo(new CaseResult.Outcome.Passed()));
    }

    /** Runs one case, and gives why it failed. */
    String failure(String body) {
        FileResult result = run("local policy = test.load('config.lua')\ntest.case('it', function()\n" + body
                + "\nend)");
        assertThat(result.error()).isEmpty();
        return ((CaseResult.Outcome.Failed) result.cases().getFirst().outcome()).message()
                .replace(directory + "/", "");
    }

    /** Runs a file that can't be loaded, and gives the reason. */
    String error(String source) {
        return run(source).error().orElseThrow().message().replace(directory + "/", "");
    }

    List<String> printed() {
        return printed;
    }

    @Override
    public void begins(Path file) {
        // the result tells
    }

    @Override
    public void ended(CaseResult result) {
        // the result tells
    }

    @Override
    public void ended(FileResult result) {
        // the result tells
    }

    @Override
    public void printed(ByteString line) {
        printed.add(line.utf8());
    }
}
