package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.http.Readiness;
import dev.myproxy.metrics.Exposition;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What the daemon shows is what Prometheus wants to read. */
class MetricsFormatTest {

    private static final String PROMTOOL = "promtool";

    private final PrometheusMeterRegistry registry = DaemonMeters.newRegistry();
    private final Vertx vertx = Reactor.start(2, registry);

    @BeforeEach
    void measure() throws IOException {
        new DaemonMeters(new Deployer(vertx), Transport.quiet(vertx), registry, new Readiness("testing")).show();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private String scrape(String accept) throws IOException {
        return new Exposition(registry).render(accept).body().toString();
    }

    @Test
    void promtoolHasNothingToComplainAbout() throws Exception {
        assertThat(promtool(scrape(""))).isEmpty();
    }

    /** What {@code promtool check metrics} says. */
    private static String promtool(String metrics) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin", PROMTOOL));
        if (!installed) {
            throw new TestAbortedException("promtool is not installed: package prometheus");
        }
        Process process = new ProcessBuilder(PROMTOOL, "check", "metrics").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(metrics.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
