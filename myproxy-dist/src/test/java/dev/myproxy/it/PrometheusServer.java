package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.myproxy.peers.Endpoints;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Prometheus with a configuration of the test's own. */
final class PrometheusServer implements Closeable {

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path log;
    private final OsProcess process;
    private final int port;

    private PrometheusServer(Path log, Process process, int port) {
        this.log = log;
        this.process = new OsProcess(process);
        this.port = port;
    }

    /** Skips the test on machines without it. */
    static void require() {
        assumeTrue(Files.isExecutable(PROMETHEUS), "Prometheus is not installed (Debian's package prometheus)");
    }

    /** Runs promtool, which must succeed; skips the test on machines without it. */
    static void check(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed (Debian's package prometheus)");
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (promtool.waitFor() != 0) {
            throw new AssertionError(command + ":\n" + output);
        }
    }

    /** Lets promtool look at metrics as a page shows them: it must have nothing to say. Skips the test without it. */
    static void checkMetrics(Path page) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed (Debian's package prometheus)");
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics").redirectInput(page.toFile())
                .redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (promtool.waitFor() != 0 || !said.isEmpty()) {
            throw new AssertionError("promtool check metrics:\n" + said);
        }
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param configuration the text of its prometheus.yml
     */
    static PrometheusServer start(Path directory, String configuration) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        check("check", "config", file.toString());
        Path log = directory.resolve("prometheus.log");
        int port = Endpoints.freePort();
        Process process = new ProcessBuilder(PROMETHEUS.toString(), "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn").directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        PrometheusServer server = new PrometheusServer(log, process, port);
        try {
            Awaitility.await("Prometheus").atMost(LIMIT).until(server::isReady);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw new IOException("Prometheus does not start: " + Files.readString(log), e);
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException(Files.readString(log));
        }
        try {
            return !Scrape.get("http://127.0.0.1:" + port + "/-/ready").isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    /** What an expression gives now: a value for each series, as Prometheus prints it. Fails if Prometheus refuses it. */
    List<String> query(String expression) throws IOException, InterruptedException {
        String answer = Scrape.get("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        List<String> values = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(answer)) {
            while (json.nextToken() != null) {
                // "value": [time, "text"]
                if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("value")
                        && json.nextToken() == JsonToken.START_ARRAY) {
                    json.nextToken();
                    values.add(json.nextTextValue());
                }
            }
        }
        return values;
    }

    /** Waits until an expression gives something. */
    void await(String expression) {
        Awaitility.await(expression).atMost(LIMIT).until(() -> !query(expression).isEmpty());
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                process.signal("TERM");
                process.waitForEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
