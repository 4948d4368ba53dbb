package dev.myproxy.lua.testing;

import dev.myproxy.lua.testing.CaseResult.Outcome;
import dev.myproxy.protocol.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells on a terminal how tests get on: a line for each case, what failed in detail at the end, and a sum. */
public final class ConsoleReport implements TestListener {

    private final Consumer<String> out;

    /**
     * @param out takes lines
     */
    public ConsoleReport(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void begins(Path file) {
        out.accept(file.toString());
    }

    @Override
    public void ended(CaseResult result) {
        String name = result.name();
        out.accept(switch (result.outcome()) {
            case Outcome.Passed _ -> "  ok    " + name;
            case Outcome.Skipped(String reason) -> "  skip  " + name + (reason.isEmpty() ? "" : ": " + reason);
            case Outcome.Failed _ -> "  FAIL  " + name;
        });
    }

    @Override
    public void ended(FileResult result) {
        result.error().ifPresent(_ -> out.accept("  FAIL  can't be loaded"));
    }

    @Override
    public void printed(ByteString line) {
        out.accept("        " + line.utf8());
    }

    /** All has ended. */
    public void sum(TestReport report) {
        for (FileResult file : report.files()) {
            file.error().ifPresent(error -> failed(file.file().toString(), error));
            for (CaseResult result : file.cases()) {
                if (result.outcome() instanceof Outcome.Failed failure) {
                    failed(file.file() + ":" + result.line() + ": " + result.name(), failure);
                }
            }
        }
        long broken = report.files().stream().filter(file -> file.error().isPresent()).count();
        out.accept("");
        out.accept(report.passed() + " passed, " + report.failed() + " failed"
                + (report.skipped() == 0 ? "" : ", " + report.skipped() + " skipped")
                + (broken == 0 ? "" : ", " + broken + (broken == 1 ? " file" : " files") + " not loaded") + " ("
                + report.engine() + ", " + seconds(report.time()) + " s)");
    }

    private void failed(String title, Outcome.Failed failure) {
        out.accept("");
        out.accept(title);
        failure.message().lines().forEach(line -> out.accept("    " + line));
        List<String> steps = failure.traceback();
        if (steps.size() > 1) {
            steps.forEach(step -> out.accept("        " + step));
        }
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
