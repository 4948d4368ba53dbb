package dev.myproxy.bench.run;

import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Figures;
import dev.myproxy.bench.report.JsonReport;
import dev.myproxy.bench.report.Machine;
import dev.myproxy.bench.report.ReportTable;
import dev.myproxy.bench.report.Section;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The program {@code ./bench}. */
public final class Bench {

    private static final int FAILURE = 1;
    private static final int USAGE = 64;
    private static final Path MANUAL = Path.of("docs/performance.md");

    private final PrintStream out;
    private final PrintStream err;

    Bench(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the program. The property {@code myproxy.home} says where the distribution is, {@code myproxy.image} where the one of
     * the package is, {@code mariadb.files} where the MariaDB is unpacked.
     */
    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(System.getProperty("myproxy.home", "myproxy-dist/target/quick/myproxy")).toAbsolutePath();
        Path mariadb = Path.of(System.getProperty("mariadb.files", "myproxy-dist/target/mariadb-11.4.5"));
        Optional<Path> image = Optional.ofNullable(System.getProperty("myproxy.image")).filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath());
        Targets targets = new Targets(home, image, Programs.find("haproxy"));
        int status = new Bench(System.out, System.err).run(targets, mariadb, arguments);
        if (status != 0) {
            Runtime.getRuntime().exit(status);
        }
    }

    int run(Targets targets, Path mariadb, String... arguments) throws InterruptedException {
        return switch (new CommandLine(targets).parse(arguments)) {
            case Invocation.Show(String text) -> {
                out.println(text);
                yield 0;
            }
            case Invocation.Misuse(String text) -> {
                err.println("bench: " + text);
                yield USAGE;
            }
            case Invocation.Run(Settings settings) -> {
                if (targets.haproxy().isEmpty()) {
                    err.println("bench: haproxy is not installed; there is nothing to compare with but the server.");
                }
                yield measure(settings, mariadb);
            }
        };
    }

    private int measure(Settings settings, Path mariadb) throws InterruptedException {
        try (Workspace workspace = new Workspace()) {
            try {
                Figures figures = new Stage(settings, mariadb, workspace.directory(), line -> {
                    if (!workspace.isClosing()) {
                        progress(line);
                    }
                }).perform();
                report(settings, figures);
                return figures.failures().isEmpty() ? 0 : FAILURE;
            } catch (IOException e) {
                if (!workspace.isClosing()) {
                    err.println("bench: " + e.getMessage());
                }
                return FAILURE;
            }
        } catch (IOException e) {
            err.println("bench: can't clean up: " + e);
            return FAILURE;
        }
    }

    private void progress(String line) {
        err.println("bench: " + line);
    }

    private void report(Settings settings, Figures measured) throws IOException {
        Figures figures = settings.keep() ? withEarlier(settings.json(), measured) : measured;
        Machine machine = Machine.here();
        ReportTable table = new ReportTable(figures, Targets.DIRECT, Targets.HAPROXY);
        table.lines().forEach(out::println);
        measured.failures().forEach(failure -> out.println("FAILED: " + failure));
        Path json = settings.json().toAbsolutePath();
        Files.createDirectories(Objects.requireNonNull(json.getParent()));
        Files.writeString(json,
                JsonReport.of(figures, machine, settings.toJson(), Targets.DIRECT, Targets.HAPROXY));
        progress("figures are in " + json);
        if (settings.record()) {
            List<String> section = new ArrayList<>(List.of("", "Measured on " + machine.text() + ".", ""));
            section.addAll(table.markdown());
            section.add("");
            Files.writeString(MANUAL, Section.replace(Files.readString(MANUAL), section), StandardCharsets.UTF_8);
            progress("renewed " + MANUAL);
        }
    }

    /** What was measured now, and what the file has of cases that were not. */
    private static Figures withEarlier(Path json, Figures measured) throws IOException {
        List<String> now = measured.cases().stream().map(Case::id).toList();
        Optional<Figures> earlier = Files.exists(json)
                ? Optional.of(JsonReport.read(Files.readString(json), each -> !now.contains(each.id())))
                : Optional.empty();
        return earlier.map(figures -> figures.with(measured)).orElse(measured);
    }
}
