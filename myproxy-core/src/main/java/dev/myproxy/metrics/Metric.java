package dev.myproxy.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A metric as one scrape shows it, in the making: kind, name, help and the values so far. Its {@link #snapshot} goes to
 * Prometheus' library, which writes it in each format.
 *
 * @param <T> what its values are
 */
public abstract class Metric<T> {

    private final MetricMetadata metadata;
    private final List<T> points = new ArrayList<>();

    private Metric(String name, String help) {
        metadata = new MetricMetadata(name, help);
    }

    final MetricMetadata metadata() {
        return metadata;
    }

    final List<T> points() {
        return points;
    }

    final void add(T point) {
        points.add(point);
    }

    /** What Prometheus' library shows. */
    public abstract MetricSnapshot snapshot();

    /** A number that only goes up; its name gets the suffix {@code _total}. */
    public static final class Counter extends Metric<CounterDataPointSnapshot> {

        public Counter(String name, String help) {
            super(name, help);
        }

        /**
         * Adds a time series.
         *
         * @param labels names and values, by turns
         */
        public Counter value(double value, String... labels) {
            add(CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
            return this;
        }

        @Override
        public MetricSnapshot snapshot() {
            return new CounterSnapshot(metadata(), points());
        }
    }

    /** A number that goes up and down. */
    public static final class Gauge extends Metric<GaugeDataPointSnapshot> {

        public Gauge(String name, String help) {
            super(name, help);
        }

        /**
         * Adds a time series.
         *
         * @param labels names and values, by turns
         */
        public Gauge value(double value, String... labels) {
            add(GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
            return this;
        }

        @Override
        public MetricSnapshot snapshot() {
            return new GaugeSnapshot(metadata(), points());
        }
    }

    /** Durations, in seconds. */
    public static final class Histogram extends Metric<HistogramDataPointSnapshot> {

        private final List<Duration> bounds;

        public Histogram(String name, String help, List<Duration> bounds) {
            super(name, help);
            this.bounds = bounds;
        }

        /**
         * Adds a time series for each bucket.
         *
         * @param parts  the durations of all threads
         * @param labels names and values, by turns
         */
        public Histogram value(Collection<Durations> parts, String... labels) {
            Durations.Total total = Durations.Total.of(bounds, parts);
            add(HistogramDataPointSnapshot.builder().classicHistogramBuckets(total.buckets()).sum(total.seconds())
                    .labels(Labels.of(labels)).build());
            return this;
        }

        @Override
        public MetricSnapshot snapshot() {
            return new HistogramSnapshot(metadata(), points());
        }
    }

    /** Facts, as labels of the number 1; its name gets the suffix {@code _info}. */
    public static final class Facts extends Metric<InfoDataPointSnapshot> {

        /**
         * Facts about one thing.
         *
         * @param labels names and values, by turns
         */
        public Facts(String name, String help, String... labels) {
            super(name, help);
            add(InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build());
        }

        @Override
        public MetricSnapshot snapshot() {
            return new InfoSnapshot(metadata(), points());
        }
    }
}
