package dev.myproxy.metrics;

import dev.myproxy.http.Page;
import dev.myproxy.http.Reply;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/** All metrics of a registry: as OpenMetrics to those who ask for that, else in Prometheus' own text format. */
public final class Exposition implements Page.Renderer {

    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final int USUAL_BYTES = 64 << 10;

    private final PrometheusMeterRegistry registry;

    public Exposition(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Reply render(String accept) throws IOException {
        boolean open = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String contentType = open ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        registry.scrape(bytes, contentType);
        return new Reply(200, contentType, Buffer.buffer(bytes.toByteArray()));
    }
}
