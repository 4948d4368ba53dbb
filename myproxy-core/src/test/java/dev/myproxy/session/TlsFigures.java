package dev.myproxy.session;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** What a proxy has counted of TLS. */
record TlsFigures(TestProxy proxy) {

    double sessions(String side, String version) {
        return value(proxy.sessions().meters().collect(), "myproxy_tls_sessions",
                Labels.of("side", side, "version", version));
    }

    double failures(String side, String reason) {
        return value(proxy.sessions().meters().collect(), "myproxy_tls_failures",
                Labels.of("side", side, "reason", reason));
    }

    double handshakes(String side) {
        return value(proxy.sessions().meters().collect(), "myproxy_tls_handshake_seconds", Labels.of("side", side));
    }

    double ofServers(String name) {
        return proxy.sessions().meters().servers().collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .flatMap(metric -> metric.getDataPoints().stream()).mapToDouble(TlsFigures::number).sum();
    }

    private static double value(MetricSnapshots metrics, String name, Labels labels) {
        return metrics.stream().filter(metric -> metric.getMetadata().getName().equals(name))
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> point.getLabels().equals(labels)).mapToDouble(TlsFigures::number).findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + labels));
    }

    private static double number(DataPointSnapshot point) {
        return switch (point) {
            case CounterDataPointSnapshot counter -> counter.getValue();
            case GaugeDataPointSnapshot gauge -> gauge.getValue();
            case HistogramDataPointSnapshot histogram -> histogram.getCount();
            default -> throw new AssertionError(point);
        };
    }
}
