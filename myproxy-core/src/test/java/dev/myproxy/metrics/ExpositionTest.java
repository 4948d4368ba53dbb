package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.http.Reply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Exposition exposition = new Exposition(registry);

    @BeforeEach
    void count() {
        Counter.builder("logins").description("How many").tag("result", "ok").register(registry).increment(3);
    }

    @Test
    void isPrometheusTextByDefault() throws IOException {
        Reply reply = exposition.render("*/*");

        assertThat(reply.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body().toString()).contains("# HELP logins_total How many\n")
                .contains("# TYPE logins_total counter\n").contains("logins_total{result=\"ok\"} 3.0\n")
                .doesNotContain("# EOF");
    }

    @Test
    void isOpenMetricsForThoseWhoAsk() throws IOException {
        Reply reply = exposition.render("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2");

        assertThat(reply.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(reply.body().toString()).contains("# TYPE logins counter\n")
                .contains("logins_total{result=\"ok\"} 3.0\n").endsWith("# EOF\n");
    }
}
