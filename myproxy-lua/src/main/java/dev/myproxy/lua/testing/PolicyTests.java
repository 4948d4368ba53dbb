package dev.myproxy.lua.testing;

import dev.myproxy.lua.script.LuaScriptEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs test files on one engine, one after the other, on the calling thread. */
public final class PolicyTests {

    private final LuaScriptEngine engine;
    private final TestSettings settings;

    public PolicyTests(LuaScriptEngine engine, TestSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** Runs files; one that can't be loaded does not keep the others from being run. */
    public TestReport run(List<Path> files, TestListener listener) {
        List<FileResult> results = new ArrayList<>();
        for (Path file : files) {
            listener.begins(file);
            FileResult result = new TestFile(engine, settings, file).run(listener);
            listener.ended(result);
            results.add(result);
        }
        return new TestReport(engine.name(), results);
    }
}
