package dev.myproxy.dist;

import dev.myproxy.metrics.Metric;
import dev.myproxy.tls.TlsListeners;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** Until when the certificates are valid that clients are shown. */
final class CertificateMeters implements Collector {

    private final TlsListeners listeners;

    CertificateMeters(TlsListeners listeners) {
        this.listeners = listeners;
    }

    @Override
    public MetricSnapshot collect() {
        Metric.Gauge expiry = new Metric.Gauge("myproxy_tls_certificate_expiry_timestamp_seconds",
                "Time when a certificate that clients are shown ceases to be valid");
        listeners.certificates().forEach((name, certificate) -> expiry
                .value((double) certificate.getNotAfter().toInstant().getEpochSecond(), "certificate", name));
        return expiry.snapshot();
    }
}
