package dev.myproxy.session.meters;

import dev.myproxy.metrics.Durations;
import dev.myproxy.metrics.Metric;
import dev.myproxy.metrics.PerLoop;
import dev.myproxy.metrics.Tally;
import dev.myproxy.tls.TlsFailureKind;
import dev.myproxy.tls.TlsVersion;
import java.util.List;

/** What the sessions of one event loop count of TLS on one side, on that event loop. */
public final class TlsMeters {

    private final Tally<TlsVersion> sessions = new Tally<>(TlsVersion.class);
    private final Tally<TlsFailureKind> failures = new Tally<>(TlsFailureKind.class);
    private final Durations handshakes = new Durations(LoopMeters.STEPS);

    /**
     * A handshake has succeeded: the session's connection is encrypted now.
     *
     * @param version as in {@link TlsVersion#text}
     * @param nanos   how long it took
     */
    public void shaken(String version, long nanos) {
        handshakes.record(nanos);
        add(version, 1);
    }

    /** A connection is over that was encrypted. */
    public void left(String version) {
        add(version, -1);
    }

    private void add(String version, int count) {
        TlsVersion.of(version).ifPresent(known -> sessions.add(known, count));
    }

    /** There was to be TLS, and there is none. */
    public void failed(TlsFailureKind why) {
        failures.add(why, 1);
    }

    /** What all event loops have counted. */
    static List<Metric<?>> metrics(PerLoop<LoopMeters> loops) {
        Metric.Gauge sessions = new Metric.Gauge("myproxy_tls_sessions",
                "Sessions whose connection on a side is encrypted");
        Metric.Counter failures = new Metric.Counter("myproxy_tls_failures",
                "TLS handshakes that came to nothing, and servers that offered none");
        Metric.Histogram handshakes = new Metric.Histogram("myproxy_tls_handshake_seconds",
                "Time of a TLS handshake that succeeded", LoopMeters.STEPS);
        for (TlsSide side : TlsSide.values()) {
            for (TlsVersion version : TlsVersion.values()) {
                sessions.value(loops.sum(loop -> loop.tls(side).sessions.get(version)), "side", side.label(), "version",
                        version.text());
            }
            for (TlsFailureKind why : TlsFailureKind.values()) {
                if (side == TlsSide.SERVER || why != TlsFailureKind.NOT_OFFERED) {
                    failures.value(loops.sum(loop -> loop.tls(side).failures.get(why)), "side", side.label(), "reason",
                            why.label());
                }
            }
            handshakes.value(loops.all().stream().map(loop -> loop.tls(side).handshakes).toList(), "side",
                    side.label());
        }
        return List.of(sessions, failures, handshakes);
    }
}
