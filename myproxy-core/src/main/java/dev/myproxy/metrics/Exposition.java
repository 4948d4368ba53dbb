package dev.myproxy.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/** All metrics of a registry: as OpenMetrics to those who ask for that, else in Prometheus' own text format. */
public final class Exposition implements Page {

    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    public Exposition(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Body body(String accept) {
        boolean open = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String contentType = open ? OPEN_METRICS : TEXT;
        return new Body(contentType, registry.scrape(contentType));
    }
}
