package dev.myproxy.pg;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is counted for the databases of one name. Objects with the same name share their figures. For all threads.
 */
public final class PgMeters {

    /** Where a script makes up more names than anybody would look at. */
    private static final String OTHERS = "others";

    private static final int MAX_NAMES = 100;

    private static final String LABEL = "database";

    private static final Duration[] BOUNDS = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20),
            Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10)};

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter connects;
    private final Counter connectErrors;
    private final Counter notifications;
    private final Timer queries;
    private final Map<String, Counter> ended = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final String name;

    private PgMeters(MeterRegistry registry, String name) {
        this.registry = registry;
        this.name = name;
        Gauge.builder("myproxy.pg.connections", connections, AtomicInteger::get).strongReference(true)
                .description("Open connections to PostgreSQL; 0 means down").tag(LABEL, name).register(registry);
        Gauge.builder("myproxy.pg.up", connections, open -> open.get() > 0 ? 1 : 0).strongReference(true)
                .description("1 while there is a connection to PostgreSQL, else 0").tag(LABEL, name)
                .register(registry);
        Gauge.builder("myproxy.pg.waiting", waiting, AtomicInteger::get).strongReference(true)
                .description("Statements that wait for a connection to PostgreSQL").tag(LABEL, name)
                .register(registry);
        connects = counter("myproxy.pg.connects", "Connections to PostgreSQL that were opened");
        connectErrors = counter("myproxy.pg.connect.errors", "Attempts to connect to PostgreSQL that failed");
        notifications = counter("myproxy.pg.notifications", "Notifications that PostgreSQL sent");
        queries = Timer.builder("myproxy.pg.query").description("Time from execute to the result, waiting included")
                .tag(LABEL, name).serviceLevelObjectives(BOUNDS).register(registry);
    }

    private Counter counter(String meter, String description) {
        return Counter.builder(meter).description(description).tag(LABEL, name).register(registry);
    }

    /** The meters of all names in one registry. Each is there as long as a script has a database of that name. */
    public static final class Names {
        private final MeterRegistry registry;
        private final Map<String, PgMeters> meters = new HashMap<>();
        private final Map<String, Integer> users = new HashMap<>();

        public Names(MeterRegistry registry) {
            this.registry = registry;
        }

        /** Those of one more script. */
        public Part open() {
            return new Part();
        }

        private synchronized PgMeters use(String name, Set<String> held) {
            String label = meters.containsKey(name) || meters.size() < MAX_NAMES ? name : OTHERS;
            if (held.add(label)) {
                users.merge(label, 1, Integer::sum);
            }
            return meters.computeIfAbsent(label, l -> new PgMeters(registry, l));
        }

        private synchronized void release(Set<String> held) {
            for (String label : held) {
                if (users.merge(label, -1, Integer::sum) == 0) {
                    users.remove(label);
                    Optional.ofNullable(meters.remove(label)).ifPresent(PgMeters::remove);
                }
            }
            held.clear();
        }

        /** The names of one script. */
        public final class Part {

            private final Set<String> held = new HashSet<>();

            private Part() {}

            /**
             * The meters of a name; beyond a hundred names all others share one.
             *
             * @param name label, without secrets
             */
            public PgMeters of(String name) {
                return use(name, held);
            }

            /** The script is over. */
            public void close() {
                release(held);
            }
        }
    }

    /** Nothing of this name is shown any more. */
    private void remove() {
        registry.getMeters().stream().filter(meter -> name.equals(meter.getId().getTag(LABEL)))
                .filter(meter -> meter.getId().getName().startsWith("myproxy.pg.")).forEach(registry::remove);
    }

    void connected() {
        connects.increment();
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void connectFailed() {
        connectErrors.increment();
    }

    void notified() {
        notifications.increment();
    }

    void waits(int change) {
        waiting.addAndGet(change);
    }

    void ended(long nanos, Optional<PgFailure> failure, boolean cancelled) {
        queries.record(nanos, TimeUnit.NANOSECONDS);
        String outcome = cancelled
                ? "cancelled"
                : failure.map(f -> f.sqlState().isPresent() ? "refused" : "failed").orElse("ok");
        ended.computeIfAbsent(outcome,
                o -> Counter.builder("myproxy.pg.queries").description("Statements that have ended")
                        .tag(LABEL, name).tag("outcome", o).register(registry))
                .increment();
    }
}
