package dev.myproxy.dist;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.testing.ConsoleReport;
import dev.myproxy.lua.testing.JUnitXml;
import dev.myproxy.lua.testing.PolicyTests;
import dev.myproxy.lua.testing.TestReport;
import dev.myproxy.lua.testing.TestSettings;
import dev.myproxy.script.ScriptEngine;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** {@code test}: runs unit tests of policies. */
final class PolicyTesting {

    private final Engines engines;
    private final Consumer<String> out;

    /**
     * @param out takes the lines of the report
     */
    PolicyTesting(Engines engines, Consumer<String> out) {
        this.engines = engines;
        this.out = out;
    }

    /**
     * Runs them.
     *
     * @throws FatalException if they can't be run at all, or the report can't be written
     */
    ExitCode run(Invocation.Test test) throws FatalException {
        List<Path> files = files(test.files());
        WorkingDirectory directory = new WorkingDirectory();
        TestSettings settings = TestSettings.DEFAULT.selecting(filter(test.filter()))
                .entering(path -> directory.change(path.toString()));
        ConsoleReport console = new ConsoleReport(out);
        TestReport report = new PolicyTests(engine(test.engine(), files.getFirst()), settings).run(files, console);
        console.sum(report);
        if (test.junit().isPresent()) {
            write(report, Path.of(test.junit().get()).toAbsolutePath());
        }
        if (!report.isComplete()) {
            return ExitCode.CONFIG;
        }
        if (report.isEmpty()) {
            throw new FatalException(ExitCode.FAILURE, "No case has \"" + test.filter().orElse("") + "\" in its name");
        }
        return report.isGreen() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private LuaScriptEngine engine(Optional<String> name, Path file) throws FatalException {
        ScriptEngine engine = name.isPresent() ? engines.named(name.get()) : engines.bestFor(file).engine();
        if (engine instanceof LuaScriptEngine lua) {
            return lua;
        }
        throw new FatalException(ExitCode.USAGE, "Engine " + engine.name() + " runs no tests in Lua");
    }

    /** Files as they are; of directories, all test files below them. */
    private static List<Path> files(List<String> arguments) throws FatalException {
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            Path path = Path.of(argument);
            if (Files.isDirectory(path)) {
                List<Path> found = testsBelow(path);
                if (found.isEmpty()) {
                    throw new FatalException(ExitCode.CONFIG, "There is no file below " + path
                            + " whose name ends in _test.lua");
                }
                files.addAll(found);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> testsBelow(Path directory) throws FatalException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith("_test.lua")).sorted().toList();
        } catch (IOException e) {
            throw new FatalException(ExitCode.CONFIG, e);
        }
    }

    /** Takes names that have a text in them, in which {@code *} stands for anything. */
    static Predicate<String> filter(Optional<String> text) {
        return text.map(given -> Stream.of(given.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(".*"))).map(Pattern::compile).map(Pattern::asPredicate).orElse(_ -> true);
    }

    private static void write(TestReport report, Path file) throws FatalException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            JUnitXml.write(report, writer);
        } catch (IOException | XMLStreamException e) {
            throw new FatalException(ExitCode.FAILURE, "Can't write " + file + ": " + e);
        }
    }
}
