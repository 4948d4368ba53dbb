package dev.myproxy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When one node is checked: at once, and then again and again, one check at a time. Lives on the context of its monitor.
 */
final class CheckSchedule {

    private final Vertx vertx;
    private final CheckPace pace;
    private final Supplier<Future<CheckResult>> check;
    private final Predicate<CheckResult> taken;
    private Optional<Long> timer = Optional.empty();
    private long dueNanos;
    private long endedNanos;
    private boolean checking;
    private boolean asked;
    private boolean stopped;

    /**
     * @param check checks the node; fails if nothing was found out, so that there is nothing to take
     * @param taken takes what was found; says whether the next check may change the state
     */
    CheckSchedule(Vertx vertx, CheckPace pace, Supplier<Future<CheckResult>> check,
            Predicate<CheckResult> taken) {
        this.vertx = vertx;
        this.pace = pace;
        this.check = check;
        this.taken = taken;
    }

    /** Checks now. */
    void check() {
        timer = Optional.empty();
        if (stopped) {
            return;
        }
        checking = true;
        asked = false;
        check.get().onSuccess(this::ended).onFailure(_ -> ended());
    }

    private void ended(CheckResult result) {
        end(() -> taken.test(result));
    }

    private void ended() {
        end(() -> false);
    }

    private void end(BooleanSupplier finding) {
        checking = false;
        endedNanos = System.nanoTime();
        if (stopped) {
            return;
        }
        boolean changing = false;
        try {
            changing = finding.getAsBoolean();
        } finally {
            schedule(asked ? pace.least() : pace.pause(changing, ThreadLocalRandom.current()));
        }
    }

    /** Asks for a check soon: now, unless one has just ended. If one is under way, another one follows. */
    void ask() {
        if (checking) {
            asked = true;
            return;
        }
        long wait = Math.max(0, endedNanos + pace.least().toNanos() - System.nanoTime());
        if (!stopped && dueNanos - System.nanoTime() > wait) {
            schedule(Duration.ofNanos(wait));
        }
    }

    private void schedule(Duration delay) {
        timer.ifPresent(vertx::cancelTimer);
        dueNanos = System.nanoTime() + delay.toNanos();
        timer = Optional.of(vertx.setTimer(Math.max(1, delay.toMillis()), _ -> check()));
    }

    /** No more checks; what the one under way finds is not taken. */
    void stop() {
        stopped = true;
        timer.ifPresent(vertx::cancelTimer);
        timer = Optional.empty();
    }
}
