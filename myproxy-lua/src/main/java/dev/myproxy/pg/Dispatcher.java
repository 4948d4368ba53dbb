package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Gives statements to connections, in the order in which they came. For one event loop. */
final class Dispatcher {

    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(60);

    private final ContextInternal context;
    private final PgLimits limits;
    private final PgMeters meters;
    private final Optional<String> setSchema;
    private final Subscriptions subscriptions;
    private final Deque<PgExecution> waiting = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();
    private final Link listening;
    private boolean closed;

    Dispatcher(ContextInternal context, PgTarget target, Optional<String> schema, PgLimits limits, PgMeters meters) {
        this.context = context;
        this.limits = limits;
        this.meters = meters;
        this.setSchema = schema.map(name -> "SET SCHEMA " + PgText.literal(name));
        boolean shared = limits.connections() == 1;
        this.subscriptions = new Subscriptions(meters, !shared);
        for (int i = 0; i < limits.connections(); i++) {
            links.add(new Link(context, target, limits, meters, new Use(true, shared)));
        }
        listening = shared ? links.getFirst() : new Link(context, target, limits, meters, new Use(false, true));
    }

    /** What a connection is for. */
    private final class Use implements LinkOwner {
        private final boolean executes;
        private final boolean listens;

        Use(boolean executes, boolean listens) {
            this.executes = executes;
            this.listens = listens;
        }

        @Override
        public List<String> setup() {
            List<String> setup = new ArrayList<>();
            setSchema.ifPresent(setup::add);
            if (listens) {
                setup.addAll(subscriptions.statements());
            }
            return setup;
        }

        @Override
        public boolean setUp(String sql, Optional<PgFailure> failure) {
            if (setSchema.filter(sql::equals).isPresent()) {
                return failure.isEmpty();
            }
            subscriptions.executed(sql, failure);
            if (failure.isPresent()) {
                context.setTimer(LISTEN_AGAIN.toMillis(), _ -> listening.setUp(sql));
            }
            return true;
        }

        @Override
        public void ready(Link link) {
            if (executes) {
                dispatch();
            }
        }

        @Override
        public void down(Link link, PgFailure failure) {
            if (listens) {
                subscriptions.down();
            }
            if (executes && links.stream().noneMatch(other -> other != link && other.isHopeful())) {
                failAll(failure);
            }
        }

        @Override
        public void notified(ByteString channel, ByteString payload) {
            subscriptions.notified(channel, payload);
        }
    }

    void add(PgExecution execution) {
        if (closed) {
            execution.fail(new PgFailure("database is closed"));
        } else if (waiting.size() >= limits.maxWaiting()) {
            execution.fail(new PgFailure("too many queries wait for the database: " + waiting.size()));
        } else {
            waiting.add(execution);
            meters.waits(1);
            dispatch();
            wantMore();
        }
    }

    private void dispatch() {
        for (Link link : links) {
            if (waiting.isEmpty()) {
                return;
            }
            if (link.isFree()) {
                link.run(poll());
            }
        }
    }

    private PgExecution poll() {
        meters.waits(-1);
        return waiting.remove();
    }

    /** Connects as long as there are not more attempts than statements that wait. */
    private void wantMore() {
        long attempts = links.stream().filter(Link::isConnecting).count();
        for (Link link : links) {
            if (attempts >= waiting.size()) {
                return;
            }
            if (!link.isHopeful()) {
                link.want();
                attempts++;
            }
        }
    }

    private void failAll(PgFailure failure) {
        // those that come in answer to the failures are not of this row
        for (int left = waiting.size(); left > 0; left--) {
            poll().fail(failure);
        }
    }

    void cancel(PgExecution execution) {
        execution.markCancelled();
        if (waiting.remove(execution)) {
            meters.waits(-1);
        }
        links.forEach(link -> link.cancel(execution));
    }

    void listen(ByteString channel, PgListener listener) {
        if (!closed) {
            String sql = subscriptions.add(channel, listener);
            listening.setUp(sql);
            listening.want();
        }
    }

    void close() {
        closed = true;
        PgFailure failure = new PgFailure("database is closed");
        failAll(failure);
        links.forEach(link -> link.close(failure));
        listening.close(failure);
    }
}
