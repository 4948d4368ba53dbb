package dev.myproxy.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.bench.report.Case;
import dev.myproxy.bench.report.Figures;
import dev.myproxy.bench.report.JsonReport;
import dev.myproxy.bench.report.Reading;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run: as little as there can be of each, with a real server and the distribution. */
class BenchIT {

    private static final Path BUILT = Path.of("../myproxy-dist/target");

    private final Path home = Path.of(System.getProperty("myproxy.home", BUILT.resolve("myproxy").toString()))
            .toAbsolutePath().normalize();
    private final Path mariadb = Path
            .of(System.getProperty("mariadb.files", BUILT.resolve("mariadb-11.4.5").toString()));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measuresEveryWorkloadDirectlyAndThroughTheDaemon(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("figures.json");

        int status = new Bench(print(out), print(err)).run(new Targets(home, Optional.empty(), Optional.empty()),
                mariadb,
                "--load=native", "--connections=2", "--logins=2", "--sessions=5", "--megabytes=2", "--seconds=0.1",
                "--warm-up=0.1", "--repetitions=1", "--starts=1", "--json=" + json);

        assertThat(status).as(this::printed).isZero();
        assertThat(text(out)).contains("point select, 2 connections", "myproxy", "LOCAL INFILE of 2 MB");
        assertThat(text(err)).contains("haproxy is not installed");
        Figures figures = JsonReport.read(Files.readString(json), _ -> true);
        assertThat(figures.cases()).extracting(Case::id).containsExactlyInAnyOrder("select-2", "connect-2",
                "tls-select-2", "tls-connect-2", "result",
                "result-large-rows", "upload", "ready", "start", "idle-0", "idle-5", "idle-each-5");
        assertThat(figures.cases()).allSatisfy(each -> {
            List<Reading> readings = figures.readings(each, "myproxy");
            assertThat(readings).hasSize(1);
            if (!each.id().startsWith("idle-each")) {
                assertThat(readings.getFirst().value()).isPositive();
            }
        });
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsAClearFailure(@TempDir Path directory) throws Exception {
        int status = new Bench(print(out), print(err)).run(new Targets(home, Optional.empty(), Optional.empty()),
                mariadb,
                "--server=" + directory.resolve("none"), "--json=" + directory.resolve("figures.json"));

        assertThat(status).isEqualTo(1);
        assertThat(text(err)).contains("Can't connect to " + directory.resolve("none"));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }

    private String printed() {
        return text(out) + text(err);
    }
}
